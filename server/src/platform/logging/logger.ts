import { pino, type DestinationStream, type Logger } from 'pino';
import { describeError } from './describe-error.js';

export const LOGGER = Symbol('LOGGER');

/** JSON lines with UTC times, on the error stream: the other one belongs to what a command answers. Errors are told without what they carry along: queries, values, addresses. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeError },
    },
    destination ?? pino.destination({ dest: 2, sync: true }),
  );
}

export type { Logger };
