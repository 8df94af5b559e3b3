import { ValidationFailed } from '../kernel/errors.js';
import type { SubjectId } from './history.repository.js';

/** Opaque to whoever gets it: of which record the page was, and its last entry. */
export function writeCursor(subject: SubjectId, lastId: string): string {
  return Buffer.from(`${subject}.${lastId}`).toString('base64url');
}

/** The entry behind which the page begins. Throws `validation.failed` on a cursor that is not of this record. */
export function readCursor(cursor: string, subject: SubjectId): string {
  const [of, lastId] = /^(\d{1,19})\.(\d{1,19})$/.exec(Buffer.from(cursor, 'base64url').toString())?.slice(1) ?? [];
  if (lastId === undefined || of !== String(subject)) throw new ValidationFailed([{ path: 'cursor', code: 'cursor' }]);
  return lastId;
}
