import { randomBytes } from 'node:crypto';
import type { FastifyReply } from 'fastify';

/** For everything that is not a page: an answer that is opened as a document may do nothing at all. */
const documentPolicy = "default-src 'none'; frame-ancestors 'none'";

/** What the pages may do. The interface kit puts one style element in at run time, which carries the nonce. */
const pagePolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

const headers: Readonly<Record<string, string>> = {
  'content-security-policy': documentPolicy,
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  'cross-origin-opener-policy': 'same-origin-allow-popups',
  'cross-origin-resource-policy': 'same-origin',
  'x-permitted-cross-domain-policies': 'none',
  'cache-control': 'no-store',
};

/** For the pages of the API's description, which are there in development only. */
const descriptionPolicy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

export function secure(reply: FastifyReply, isHttps: boolean): void {
  void reply.headers(headers);
  if (isHttps) void reply.header('strict-transport-security', 'max-age=31536000');
}

/** Lets a page run its own scripts and styles; answers with the nonce for its style element. */
export function allowPage(reply: FastifyReply): string {
  const nonce = randomBytes(18).toString('base64');
  void reply.header('content-security-policy', pagePolicy(nonce));
  return nonce;
}

export function allowDescriptionPage(reply: FastifyReply): void {
  void reply.header('content-security-policy', descriptionPolicy);
}
