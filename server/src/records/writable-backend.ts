import type { Backend, Writer } from '../backends/index.js';
import { BackendReadOnly, ValidationFailed } from '../kernel/errors.js';

export interface WritableBackend {
  readonly backend: Backend;
  readonly writer: Writer;
}

/** The backend a new record goes to: the one asked for, else the first that can be written. */
export function backendForNew(backends: readonly Backend[], backendId: string | undefined): WritableBackend {
  const backend = backendId === undefined ? (backends.find(({ writer }) => writer !== null) ?? backends[0]) : backends.find(({ id }) => id === backendId);
  if (backend === undefined) throw new ValidationFailed([{ path: 'backendId', code: 'unknown' }]);
  return writable(backend);
}

/** Throws `backend.read-only`: the configuration's ReadOnly, or a kind of backend that is never written. */
export function writable(backend: Backend): WritableBackend {
  if (backend.writer === null) throw new BackendReadOnly(backend.id);
  return { backend, writer: backend.writer };
}
