import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ValidationFailed } from '../kernel/errors.js';

const Count = z.strictObject({ value: z.number().int().nonnegative(), capped: z.boolean() });
const Cursor = z.strictObject({
  query: z.string(),
  phase: z.number().int().min(0).max(10_000),
  position: z.string().max(4000).nullable(),
  count: Count,
  assigned: Count,
});

/** Where a list goes on: in which of its parts, behind what, and what its first page counted. */
export type RelationPlace = Omit<z.infer<typeof Cursor>, 'query'>;

/** Opaque, and bound to the list it came from. It grants nothing: positions are bound as values. */
export function writeCursor(place: RelationPlace, list: unknown): string {
  return Buffer.from(JSON.stringify({ ...place, query: fingerprint(list) })).toString('base64url');
}

/** Throws `validation.failed` on `cursor` when it is forged, damaged, or of another list. */
export function readCursor(text: string, list: unknown): RelationPlace {
  const read = Cursor.safeParse(parsed(text));
  if (!read.success || read.data.query !== fingerprint(list)) throw cursorRefused();
  const { query: _, ...place } = read.data;
  return place;
}

export function cursorRefused(): ValidationFailed {
  return new ValidationFailed([{ path: 'cursor', code: 'cursor' }]);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}

function fingerprint(list: unknown): string {
  return createHash('sha256').update(JSON.stringify(list)).digest('base64url').slice(0, 16);
}
