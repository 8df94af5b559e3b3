import type { BackendFailure } from '../../contract/backend.js';
import { BackendUnavailable } from '../kernel/errors.js';
import { BlockFaults } from './backend-driver.js';

export type FailureKind = BackendFailure['code'];

/** Why a store gave no answer, in words for an operator: no address, no name, no password. */
export class StoreFailure extends Error {
  constructor(
    readonly kind: FailureKind,
    message: string,
    options: ErrorOptions = {},
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** Several records have the key that was asked for: the store answers well, and nobody can say who is meant. */
export class AmbiguousKey extends StoreFailure {
  constructor(message: string) {
    super('refused-question', message);
  }
}

/** For people and the log. What is not one of ours is not quoted: servers like to repeat values and addresses. */
export function describeFailure(error: unknown): BackendFailure {
  const cause = innermost(error);
  if (cause instanceof StoreFailure) return { code: cause.kind, detail: cause.message };
  if (cause instanceof BlockFaults) return { code: 'refused-question', detail: cause.faults[0] ?? '' };
  return { code: 'unknown', detail: 'it failed in a way that is not known here' };
}

/** What lies behind the error that only names the backend. */
export function innermost(error: unknown): unknown {
  return error instanceof BackendUnavailable && error.cause !== undefined ? innermost(error.cause) : error;
}
