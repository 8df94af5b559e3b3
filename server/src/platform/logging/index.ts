export { describeError } from './describe-error.js';
export { createLogger, LOGGER, type Logger } from './logger.js';
export { redactSecrets } from './redact.js';
