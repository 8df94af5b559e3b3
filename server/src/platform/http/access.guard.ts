import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../../kernel/errors.js';
import { ACCESS, includesPermission, type Access } from './access.js';
import { Bearers, rememberBearer, tokenOf } from './bearer.js';

/** Refuses by default: a route that does not say who may use it is nobody's. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly bearers: Bearers,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, [context.getHandler(), context.getClass()]);
    if (access === undefined) throw new DomainError('permission.missing', { message: 'route declares no permission' });
    if (access.kind !== 'permission') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const bearer = await this.bearers.find(tokenOf(request), request.id);
    if (bearer === null) throw new DomainError('session.expired');
    rememberBearer(request, bearer);
    if (!includesPermission(bearer.permissions, access.permission)) throw new DomainError('permission.missing');
    return true;
  }
}
