import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Problem, ProblemCode } from '../../../contract/problem.js';
import { DomainError } from '../../kernel/errors.js';
import type { Logger } from '../logging/index.js';
import { answerByCode } from './problem-status.js';
import { LimitExceeded } from './rate-limiter.js';
import type { RouteTable } from './route-table.js';

/**
 * Turns whatever was thrown into a problem document (RFC 9457). What is not ours is answered as `internal`, and nothing of
 * it gets out: no stack, SQL, address or secret. The log has it, under the correlation id of the answer.
 */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly routes: RouteTable,
    private readonly logger: Logger,
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(thrown, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  answer(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const allowed = isUnknownRoute(thrown) ? this.routes.methodsOf(request.url) : [];
    const error = allowed.length > 0 ? new DomainError('method.not-allowed') : toDomainError(thrown);
    const problem = toProblem(error, request.id);
    if (problem.status >= 500) this.logger.error({ correlationId: request.id, err: thrown }, problem.code);
    if (reply.sent || reply.raw.headersSent) return;
    if (allowed.length > 0) void reply.header('allow', allowed.join(', '));
    if (problem.status === 401) void reply.header('www-authenticate', 'Bearer');
    if (problem.status === 503) void reply.header('retry-after', '5');
    if (error instanceof LimitExceeded) void reply.header('retry-after', String(error.retryAfterSeconds));
    void reply.status(problem.status).type('application/problem+json; charset=utf-8').send(JSON.stringify(problem));
  }
}

function toProblem(error: DomainError, correlationId: string): Problem {
  return {
    type: `urn:clientele:problem:${error.code}`,
    ...answerByCode[error.code],
    code: error.code,
    issues: [...error.issues],
    correlationId,
    ...(error.current === undefined ? {} : { current: error.current }),
    ...(error.backendId === undefined ? {} : { backendId: error.backendId }),
  };
}

function toDomainError(thrown: unknown): DomainError {
  return thrown instanceof DomainError ? thrown : new DomainError(codeOf(statusOf(thrown)), { cause: thrown });
}

function codeOf(status: number): ProblemCode {
  if (status === 404) return 'not-found';
  if (status === 413) return 'request.too-large';
  return status >= 400 && status < 500 ? 'request.malformed' : 'internal';
}

/** Nest's own refusals and Fastify's carry a status each; anything else is a defect of ours. */
function statusOf(thrown: unknown): number {
  if (thrown instanceof HttpException) return thrown.getStatus();
  if (!(thrown instanceof Error) || !('code' in thrown) || !('statusCode' in thrown)) return 500;
  const fromFastify = String(thrown.code).startsWith('FST_') && typeof thrown.statusCode === 'number';
  return fromFastify ? Number(thrown.statusCode) : 500;
}

function isUnknownRoute(thrown: unknown): boolean {
  return thrown instanceof HttpException && thrown.getStatus() === 404;
}
