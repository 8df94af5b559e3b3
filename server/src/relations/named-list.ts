import { z } from 'zod';
import type { Count } from '../../contract/page.js';
import { parseSearch, SearchSyntaxError } from '../backends/index.js';
import type { CatalogueName } from '../catalogues/index.js';
import { foldKey } from '../kernel/fold-key.js';
import { endsOfCatalogue, type End } from './ends.js';
import { matchesSearch } from './match-search.js';
import { cursorRefused, readCursor, writeCursor } from './relation-cursor.js';

export interface NamedRequest {
  readonly entries: readonly CatalogueName[];
  /** Numbers of what is related, gone ones among them. */
  readonly related: ReadonlySet<string>;
  readonly query: { readonly search?: string | undefined; readonly show: 'assigned' | 'all'; readonly limit: number; readonly cursor?: string | undefined };
  readonly identity: unknown;
}

export interface NamedList {
  readonly ends: readonly End[];
  readonly nextCursor: string | null;
  readonly count: Count;
  readonly assigned: Count;
  readonly searchError: { code: string; position: number } | null;
}

/** One page of groups or services: what is related first, then what else is valid, each by name. */
export function namedPage({ entries, related, query, identity }: NamedRequest): NamedList {
  const assigned = { value: related.size, capped: false };
  try {
    const found = matchingEnds(entries, related, query);
    const list = [identity, query.search ?? null, query.show];
    const place = query.cursor === undefined ? null : readPosition(readCursor(query.cursor, list).position);
    const behind = place === null ? found : found.filter(({ order }) => isBehind(order, place));
    const page = behind.slice(0, query.limit);
    const last = page.at(-1);
    const count = { value: found.length, capped: false };
    const goesOn = last !== undefined && behind.length > page.length;
    return {
      ends: page.map(({ end }) => end),
      nextCursor: goesOn ? writeCursor({ phase: last.order[0], position: JSON.stringify(last.order), count, assigned }, list) : null,
      count,
      assigned,
      searchError: null,
    };
  } catch (error) {
    if (!(error instanceof SearchSyntaxError)) throw error;
    return { ends: [], nextCursor: null, count: { value: 0, capped: false }, assigned, searchError: { code: error.code, position: error.position } };
  }
}

/** Related or not, the name, the number: by these the list is ordered, and a page goes on behind one. */
const Order = z.tuple([z.number(), z.string(), z.number()]);
type Order = z.infer<typeof Order>;

function matchingEnds(entries: readonly CatalogueName[], related: ReadonlySet<string>, { search, show }: NamedRequest['query']): { end: End; order: Order }[] {
  const text = search === undefined ? null : parseSearch(search);
  const ends = endsOfCatalogue(entries);
  const rest = show === 'all' ? entries.filter(({ id, validity }) => validity === 'valid' && !related.has(String(id))).map(({ id }) => String(id)) : [];
  const inOrder = (key: string, part: number): { end: End; order: Order } => {
    const end = ends.of(key);
    // a service right behind the one it is below
    return { end, order: [part, foldKey(end.name ?? '').replaceAll('::', '\u0001'), Number(key)] };
  };
  return [...[...related].map((key) => inOrder(key, 0)), ...rest.map((key) => inOrder(key, 1))]
    .filter(({ end }) => matchesSearch(text, [end.name ?? end.key]))
    .sort((one, other) => (isBehind(one.order, other.order) ? 1 : -1));
}

function isBehind([part, name, id]: Order, [otherPart, otherName, otherId]: Order): boolean {
  if (part !== otherPart) return part > otherPart;
  if (name !== otherName) return name > otherName;
  return id > otherId;
}

function readPosition(text: string | null): Order {
  try {
    return Order.parse(JSON.parse(text ?? ''));
  } catch {
    throw cursorRefused();
  }
}
