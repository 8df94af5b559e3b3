import type { UnreadCode } from './perl-token.js';
import type { Place } from './source-text.js';

/** A value as the file gives it, with the place where it stands; `null`: not from the file. Containers are shared, as in Perl. */
export type PerlValue = PerlScalar | PerlArray | PerlHash | PerlUnread;

export interface PerlScalar {
  readonly kind: 'scalar';
  readonly value: string | number | null;
  readonly at: Place | null;
}
export interface PerlArray {
  readonly kind: 'array';
  readonly items: PerlValue[];
  readonly at: Place | null;
}
export interface PerlHash {
  readonly kind: 'hash';
  readonly entries: Map<string, PerlValue>;
  readonly at: Place | null;
}
/** Something stands here, and what it is is not known. */
export interface PerlUnread {
  readonly kind: 'unread';
  readonly code: UnreadCode;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly at: Place | null;
}

/** Data without places: what a file of ours may hold. */
export type PlainValue = string | number | null | readonly PlainValue[] | { readonly [key: string]: PlainValue };

/** Takes plain data for a value, for example the helpdesk's defaults. */
export function perlValueOf(plain: PlainValue): PerlValue {
  if (plain === null || typeof plain === 'string' || typeof plain === 'number') return { kind: 'scalar', value: plain, at: null };
  if (isList(plain)) return { kind: 'array', items: plain.map(perlValueOf), at: null };
  return { kind: 'hash', entries: new Map(Object.entries(plain).map(([key, value]) => [key, perlValueOf(value)])), at: null };
}

const depthLimit = 100;
const sizeLimit = 200_000;

/**
 * The value without its places. Unread entries of a hash are left out; in an array `null` keeps their place where
 * `keepsPlaces`, or the other elements would move. `undefined`: the whole is unread, refers to itself, or is too large.
 */
export function plainValueOf(value: PerlValue, keepsPlaces: (path: readonly string[]) => boolean = () => true): PlainValue | undefined {
  let size = 0;
  const convert = (part: PerlValue, path: readonly string[]): PlainValue | undefined => {
    size += 1;
    if (size > sizeLimit || path.length > depthLimit || part.kind === 'unread') return undefined;
    if (part.kind === 'scalar') return part.value;
    if (part.kind === 'array') {
      const items = part.items.map((item, index) => convert(item, [...path, String(index)]));
      return keepsPlaces(path) ? items.map((item) => item ?? null) : items.filter((item) => item !== undefined);
    }
    const entries: [string, PlainValue][] = [];
    for (const [key, entry] of part.entries) {
      const plain = convert(entry, [...path, key]);
      if (plain !== undefined) entries.push([key, plain]);
    }
    return Object.fromEntries(entries);
  };
  const plain = convert(value, []);
  return size > sizeLimit ? undefined : plain;
}

function isList(plain: PlainValue): plain is readonly PlainValue[] {
  return Array.isArray(plain);
}
