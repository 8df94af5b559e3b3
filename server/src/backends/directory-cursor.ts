import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ValidationFailed } from '../kernel/errors.js';

/** Where a list goes on: a place in each backend that is not at its end, and what the first page found out once. */
export interface DirectoryPlace {
  /** By backend; `null`: from its start. */
  readonly rest: readonly (readonly [backendId: string, position: string | null])[];
  readonly count: { readonly value: number; readonly capped: boolean };
  /** Backends with more matches than their list limit. */
  readonly truncated: readonly string[];
}

const Cursor = z.strictObject({
  query: z.string(),
  rest: z.array(z.tuple([z.string(), z.string().max(1000).nullable()])).min(1).max(11),
  count: z.strictObject({ value: z.number().int().nonnegative(), capped: z.boolean() }),
  truncated: z.array(z.string()).max(11),
});

/** Opaque, and bound to the query it came from. It holds no secret and grants nothing: positions are bound as values. */
export function writeCursor(place: DirectoryPlace, query: unknown): string {
  return Buffer.from(JSON.stringify({ ...place, query: fingerprint(query) })).toString('base64url');
}

/** Throws `validation.failed` on `cursor` when it is forged, damaged, or from another query or other backends. */
export function readCursor(text: string, query: unknown, backendIds: readonly string[]): DirectoryPlace {
  const read = Cursor.safeParse(parsed(text));
  if (!read.success || read.data.query !== fingerprint(query)) throw refused();
  const { rest, count, truncated } = read.data;
  const ids = rest.map(([id]) => id);
  if (new Set(ids).size < ids.length || [...ids, ...truncated].some((id) => !backendIds.includes(id))) throw refused();
  return { rest, count, truncated };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}

function refused(): ValidationFailed {
  return new ValidationFailed([{ path: 'cursor', code: 'cursor' }]);
}

function fingerprint(query: unknown): string {
  return createHash('sha256').update(JSON.stringify(query)).digest('base64url').slice(0, 16);
}
