import type { LoggerService } from '@nestjs/common';
import type { Logger } from './logger.js';
import { redactSecrets } from './redact.js';

/** What the framework says of its own start is for whoever looks for it. */
const framework: ReadonlySet<unknown> = new Set([
  'InstanceLoader', 'NestApplication', 'NestFactory', 'RouterExplorer', 'RoutesResolver', 'WebSocketsController',
]);

/** Takes what modules and the framework say through Nest's own logger. */
export function nestLogger(logger: Logger): LoggerService {
  return {
    log: (message, context) => logger[framework.has(context) ? 'debug' : 'info']({ context }, textOf(message)),
    debug: (message, context) => logger.debug({ context }, textOf(message)),
    verbose: (message, context) => logger.trace({ context }, textOf(message)),
    warn: (message, context) => logger.warn({ context }, textOf(message)),
    error: (message, ...rest) => logger.error({ context: rest.at(-1), ...errorIn(message) }, textOf(message)),
    fatal: (message, ...rest) => logger.fatal({ context: rest.at(-1), ...errorIn(message) }, textOf(message)),
  };
}

function textOf(message: unknown): string {
  return redactSecrets(message instanceof Error ? message.message : String(message));
}

function errorIn(message: unknown): { err?: Error } {
  return message instanceof Error ? { err: message } : {};
}
