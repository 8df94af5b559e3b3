import { pino, type DestinationStream, type Logger } from 'pino';
import { describeError } from './describe-error.js';

export const LOGGER = Symbol('LOGGER');

/** JSON lines with UTC times. Errors are told without what they carry along: queries, values, addresses. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeError },
    },
    destination ?? pino.destination({ dest: 1, sync: true }),
  );
}

export type { Logger };
