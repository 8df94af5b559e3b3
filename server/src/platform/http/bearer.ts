import type { FastifyRequest } from 'fastify';
import type { Permission, SessionDescription } from '../../../contract/session.js';
import type { Actor } from '../../kernel/actor.js';
import { DomainError } from '../../kernel/errors.js';

/** Who sent a request, and what they may do at this very moment. */
export interface Bearer {
  readonly actor: Actor;
  readonly permissions: readonly Permission[];
  readonly display: SessionDescription['display'];
  readonly hostType: SessionDescription['host']['type'];
}

/** Knows whose a bearer token is. Implemented by `platform/session`. */
export abstract class Bearers {
  /** `null` when nobody, or nobody any more, holds this token. */
  abstract find(token: string, correlationId: string): Promise<Bearer | null>;
}

const bearerByRequest = new WeakMap<FastifyRequest, Bearer>();

export function rememberBearer(request: FastifyRequest, bearer: Bearer): void {
  bearerByRequest.set(request, bearer);
}

/** `null` on routes that are public and for requests that were refused. */
export function bearerOf(request: FastifyRequest): Bearer | null {
  return bearerByRequest.get(request) ?? null;
}

/** From `Authorization: Bearer …` (RFC 6750 §2.1); a token in a body or an address is not looked for. */
export function tokenOf(request: FastifyRequest): string {
  const match = /^Bearer ([\w.~+/=-]{1,512})$/i.exec(request.headers.authorization ?? '');
  if (match?.[1] === undefined) throw new DomainError('session.expired');
  return match[1];
}
