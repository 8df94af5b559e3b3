import { foldKey } from '../kernel/fold-key.js';
import type { Connection } from '../platform/persistence/database.js';
import type { Relation } from './relation.js';
import { otherSide } from './relation.js';
import type { Anchor, RelationsRepository } from './relations.repository.js';

/** The keys that something is related to, in the order of the folded key. */
export interface RelatedKeys {
  after(behind: string | null, limit: number): Promise<readonly { readonly folded: string; readonly key: string }[]>;
  /** Up to `cap` + 1. */
  count(cap: number): Promise<number>;
  /** Of these keys those that are related, folded. */
  among(keys: readonly string[]): Promise<ReadonlySet<string>>;
}

/** As the helpdesk's table has them. */
export function storedKeys(repository: RelationsRepository, main: Connection, relation: Relation, anchor: Anchor): RelatedKeys {
  const side = otherSide(anchor.side);
  return {
    after: (behind, limit) => repository.otherEnds(main, relation, anchor, { behind, limit }),
    count: (cap) => repository.countOtherEnds(main, relation, anchor, cap),
    among: async (keys) => {
      const rows = await repository.rowsBetween(main, relation, anchor, keys);
      return new Set(rows.filter(({ value }) => value === 1).map((row) => foldKey(row[side])));
    },
  };
}

/** A few, as they are known already. */
export function givenKeys(keys: readonly string[]): RelatedKeys {
  const byFolded = new Map(keys.map((key) => [foldKey(key), key]));
  const sorted = [...byFolded].map(([folded, key]) => ({ folded, key })).sort((a, b) => (a.folded < b.folded ? -1 : 1));
  return {
    after: async (behind, limit) => sorted.filter(({ folded }) => behind === null || folded > behind).slice(0, limit),
    count: async () => sorted.length,
    among: async (asked) => new Set(asked.map(foldKey).filter((folded) => byFolded.has(folded))),
  };
}
