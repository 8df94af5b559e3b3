import { hkdfSync } from 'node:crypto';

/** One key for each use, so that what is signed for one can never pass for another. */
export type KeyPurpose = 'clientele/hook/v1' | 'clientele/callback/v1' | 'clientele/sso/v1';

/** HKDF with SHA-256 (RFC 5869), a salt of 32 zero bytes, 32 bytes long. */
export function derivedKey(installationSecret: string, purpose: KeyPurpose): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', keyMaterial(installationSecret), Buffer.alloc(32), purpose, 32));
}

/** A shared secret is written `whsec_` and base64 (Standard Webhooks); any other text counts with its bytes. */
function keyMaterial(secret: string): Buffer {
  return secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : Buffer.from(secret, 'utf8');
}
