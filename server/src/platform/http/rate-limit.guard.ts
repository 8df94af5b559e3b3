import { Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { bearerOf } from './bearer.js';
import { RateLimiter, type RateLimit } from './rate-limiter.js';

const RATE_LIMIT = 'clientele:rate-limit';

interface RouteLimit extends RateLimit {
  readonly per: 'address' | 'actor';
}

/** At most so many requests a minute by one network address, or by one actor on a guarded route. */
export const RateLimited = (limit: RouteLimit) => SetMetadata(RATE_LIMIT, limit);

/** Setting passwords costs a slow hash each, and is a way to lock people out. */
export const passwordLimit: RouteLimit = { name: 'password', perMinute: 30, per: 'actor' };

/** Runs after the access guard, so that it knows the actor. */
@Injectable()
export class RateLimitGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly limiter: RateLimiter,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const limit = this.reflector.get<RouteLimit | undefined>(RATE_LIMIT, context.getHandler());
    if (limit === undefined) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const actor = limit.per === 'actor' ? bearerOf(request)?.actor : undefined;
    await this.limiter.take(limit, actor === undefined ? request.ip : `${actor.kind}:${actor.id}`);
    return true;
  }
}
