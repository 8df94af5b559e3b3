import type { Issue, ProblemCode } from '../../contract/problem.js';

/** What can be refused, by one code of the closed list. `platform/http` alone turns it into an HTTP answer. */
export class DomainError extends Error {
  readonly issues: readonly Issue[];
  readonly current: unknown;
  readonly backendId: string | undefined;

  constructor(
    readonly code: ProblemCode,
    details: { message?: string; issues?: readonly Issue[]; current?: unknown; backendId?: string; cause?: unknown } = {},
  ) {
    super(details.message ?? code, { cause: details.cause });
    this.name = new.target.name;
    this.issues = details.issues ?? [];
    this.current = details.current;
    this.backendId = details.backendId;
  }
}

export class ValidationFailed extends DomainError {
  constructor(issues: readonly Issue[]) {
    super('validation.failed', { issues });
  }
}

export class NotFound extends DomainError {
  constructor(message = 'not-found') {
    super('not-found', { message });
  }
}

/** The record was changed meanwhile; `current` is what is stored now. */
export class VersionStale extends DomainError {
  constructor(current: unknown) {
    super('version.stale', { current });
  }
}

/** Unknown is not missing: a backend that does not answer never looks like an empty one. */
export class BackendUnavailable extends DomainError {
  constructor(backendId: string, cause?: unknown) {
    super('backend.unavailable', { backendId, cause });
  }
}

export class BackendReadOnly extends DomainError {
  constructor(backendId: string) {
    super('backend.read-only', { backendId });
  }
}
