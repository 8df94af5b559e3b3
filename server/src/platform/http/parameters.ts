import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../../kernel/actor.js';
import { DomainError } from '../../kernel/errors.js';
import { bearerOf, tokenOf, type Bearer } from './bearer.js';

const requestOf = (context: ExecutionContext): FastifyRequest => context.switchToHttp().getRequest<FastifyRequest>();

/** The bearer of a guarded route: who acts and what they may do. */
export const CurrentBearer = createParamDecorator((_: unknown, context: ExecutionContext): Bearer => {
  const bearer = bearerOf(requestOf(context));
  if (bearer === null) throw new DomainError('session.expired');
  return bearer;
});

/** The token by which the bearer of a guarded route came in. Never to be kept. */
export const BearerToken = createParamDecorator((_: unknown, context: ExecutionContext): string => tokenOf(requestOf(context)));

/** Who acts on a guarded route. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const bearer = bearerOf(requestOf(context));
  if (bearer === null) throw new DomainError('session.expired');
  return bearer.actor;
});

/** The version that the sender has seen, from `If-Match: "<version>"` (RFC 9110 §13.1.1); weak tags and `*` name none. */
export const IfMatch = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const version = /^"([\x21\x23-\x7e]{1,200})"$/.exec(requestOf(context).headers['if-match'] ?? '')?.[1];
  if (version === undefined) throw new DomainError('version.required');
  return version;
});
