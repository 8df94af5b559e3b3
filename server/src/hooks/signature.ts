import { createHmac, timingSafeEqual } from 'node:crypto';

/** What is signed: the id and the time of one message, and its body byte by byte. */
export interface SignedMessage {
  readonly id: string;
  /** Seconds since 1970, UTC, of this attempt. */
  readonly timestamp: number;
  readonly body: Uint8Array;
}

const scheme = 'v1,';
/** A sender that changes its key signs with the old and the new one; more than a few is an attempt to keep us busy. */
const mostSignatures = 5;

/** Signature of Standard Webhooks, scheme v1: HMAC-SHA-256 over `id.timestamp.body`, in base64. */
export function signMessage(key: Uint8Array, message: SignedMessage): string {
  return scheme + digestOf(key, message).toString('base64');
}

/**
 * Whether one of the signatures of the header (a list with spaces between) was made with one of the keys. Every key is
 * compared with every signature in constant time; schemes that are not known are passed over.
 */
export function isSigned(keys: readonly Uint8Array[], message: SignedMessage, header: string): boolean {
  const signatures = header
    .split(' ')
    .slice(0, mostSignatures)
    .filter((signature) => signature.startsWith(scheme))
    .map((signature) => Buffer.from(signature.slice(scheme.length), 'base64'));
  const matches = keys.flatMap((key) => {
    const expected = digestOf(key, message);
    return signatures.map((signature) => signature.length === expected.length && timingSafeEqual(signature, expected));
  });
  return matches.includes(true);
}

function digestOf(key: Uint8Array, { id, timestamp, body }: SignedMessage): Buffer {
  return createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
}
