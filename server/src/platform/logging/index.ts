export { describeError } from './describe-error.js';
export { logRequest } from './log-request.js';
export { createLogger, LOGGER, type Logger } from './logger.js';
export { nestLogger } from './nest-logger.js';
export { redactSecrets } from './redact.js';
