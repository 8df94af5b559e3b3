import type { LoggerService } from '@nestjs/common';
import type { Logger } from './logger.js';

/** What the framework says of itself, at a level of its own: its start-up lines are for whoever looks for them. */
export function nestLogger(logger: Logger): LoggerService {
  return {
    log: (message, context) => logger.debug({ context }, String(message)),
    debug: (message, context) => logger.debug({ context }, String(message)),
    verbose: (message, context) => logger.trace({ context }, String(message)),
    warn: (message, context) => logger.warn({ context }, String(message)),
    error: (message, _stack, context) => logger.error({ err: message, context }, 'framework'),
    fatal: (message, _stack, context) => logger.fatal({ err: message, context }, 'framework'),
  };
}
