import { createParamDecorator, Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../../kernel/errors.js';
import { ENVIRONMENT, type Environment } from '../../platform/config/environment.js';

const readingMethods: readonly string[] = ['GET', 'HEAD'];

/**
 * Changes come from our own pages only: with the cookie alone another site's form could make them. The header cannot be
 * sent across origins without being asked for, JSON cannot be sent by a form, and browsers say the origin themselves.
 */
@Injectable()
export class OwnPagesGuard implements CanActivate {
  constructor(@Inject(ENVIRONMENT) private readonly environment: Pick<Environment, 'baseUrl'>) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (readingMethods.includes(request.method)) return true;
    const isOurs =
      request.headers['x-clientele-embedded-host'] === '1' && isJsonOrEmpty(request) && this.isFromOwnOrigin(request);
    if (!isOurs) throw new DomainError('origin.refused');
    return true;
  }

  private isFromOwnOrigin(request: FastifyRequest): boolean {
    const { origin } = request.headers;
    if (origin === undefined) return request.headers['sec-fetch-site'] === 'same-origin';
    return origin === this.environment.baseUrl || origin === addressedOrigin(request);
  }
}

/** The origin under which our pages were reached, for links that lead back there. Only behind the guard. */
export const OwnOrigin = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  return request.headers.origin ?? addressedOrigin(request);
});

function addressedOrigin(request: FastifyRequest): string {
  return `${request.protocol}://${request.host}`;
}

function isJsonOrEmpty({ headers }: FastifyRequest): boolean {
  const isEmpty = headers['content-length'] === undefined || headers['content-length'] === '0';
  const type = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  return type === 'application/json' || (type === undefined && isEmpty && headers['transfer-encoding'] === undefined);
}
