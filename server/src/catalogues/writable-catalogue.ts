import { ValidationFailed, DomainError } from '../kernel/errors.js';
import { QueryFailed, UniqueViolation } from '../platform/persistence/database-errors.js';
import type { CatalogueWriter, HostCatalogue } from './host-catalogues.js';

/** Throws `host.read-only` where the host looks after its catalogue itself. */
export function writerOf({ writer }: HostCatalogue): CatalogueWriter {
  if (writer === null) throw new DomainError('host.read-only');
  return writer;
}

export function nameTaken(code: 'group.name-taken' | 'service.name-taken'): DomainError {
  return new DomainError(code, { issues: [{ path: 'name', code: 'taken' }] });
}

/** What only the database knows: names that its collation takes for one, and characters that its columns cannot hold. */
export async function writing<T>(code: 'group.name-taken' | 'service.name-taken', work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UniqueViolation) throw nameTaken(code);
    if (error instanceof QueryFailed && refusedText.test(error.code)) throw new ValidationFailed([{ path: 'name', code: 'characters' }]);
    throw error;
  }
}

const refusedText = /^(22021|22P05|ER_TRUNCATED_WRONG_VALUE\w*|ER_CANT_AGGREGATE_\w+|ER_INVALID_CHARACTER_STRING)$/;
