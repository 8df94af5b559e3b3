import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from './logger.js';

/** One line for each request. The route's template stands for the address, which may hold names; no body, no query. */
export function logRequest(logger: Logger, request: FastifyRequest, reply: FastifyReply, login: string | null): void {
  logger.info(
    {
      correlationId: request.id,
      method: request.method,
      route: request.routeOptions.url ?? 'unknown',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      actor: login,
    },
    'request',
  );
}
