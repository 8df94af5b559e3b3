import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ValidationFailed } from '../kernel/errors.js';

/** The entry behind which the next page begins: its name as the database orders it, and its number. */
export interface CataloguePlace {
  readonly orderedBy: string;
  readonly id: number;
}

const Cursor = z.tuple([z.string().max(16), z.string().max(2000), z.number().int()]);

/** Opaque, and bound to the search it came from. */
export function writeCursor({ orderedBy, id }: CataloguePlace, search: readonly unknown[]): string {
  return Buffer.from(JSON.stringify([fingerprint(search), orderedBy, id])).toString('base64url');
}

/** Throws `validation.failed` on a cursor that is damaged, forged, or of another search. */
export function readCursor(cursor: string, search: readonly unknown[]): CataloguePlace {
  const read = Cursor.safeParse(parsed(cursor));
  const [of, orderedBy, id] = read.success ? read.data : [];
  const isStorable = orderedBy !== undefined && !/\0|\p{Cs}/u.test(orderedBy);
  if (of !== fingerprint(search) || !isStorable || id === undefined) throw new ValidationFailed([{ path: 'cursor', code: 'cursor' }]);
  return { orderedBy, id };
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return null;
  }
}

function fingerprint(search: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(search)).digest('base64url').slice(0, 8);
}
