import { inspect } from 'node:util';
import { redactSecrets } from './redact.js';

/** Causes are followed this far; a ring of causes ends here too. */
const maximumCauses = 5;

export interface ErrorDescription {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
  readonly cause?: ErrorDescription;
}

/**
 * An error for the log: what it is and where it came from. Its other properties stay out, because database drivers put
 * whole queries with their values there.
 */
export function describeError(error: unknown, causes = 0): ErrorDescription {
  if (!(error instanceof Error)) return { type: typeof error, message: redactSecrets(textOf(error)) };
  return {
    type: error.name,
    message: redactSecrets(error.message),
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    ...(error.stack === undefined ? {} : { stack: redactSecrets(error.stack) }),
    ...(error.cause === undefined || causes >= maximumCauses ? {} : { cause: describeError(error.cause, causes + 1) }),
  };
}

/** Whatever else was thrown: the serializer of answers throws a list of issues. */
function textOf(thrown: unknown): string {
  return typeof thrown === 'string' ? thrown : inspect(thrown, { depth: 4, breakLength: Infinity }).slice(0, 2_000);
}
