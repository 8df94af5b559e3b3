import { createHash, randomBytes } from 'node:crypto';

/** 256 bits that mean nothing by themselves. */
export function newOpaqueToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of a token: with 256 random bits a plain SHA-256 cannot be turned back. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
