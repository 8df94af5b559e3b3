import { z } from 'zod';
import type { CustomerDirectory, CustomerUserDirectory, DirectoryQuery, OwnedRecord, SearchExpression } from '../backends/index.js';
import type { Deadline } from '../kernel/deadline.js';
import { foldKey } from '../kernel/fold-key.js';
import { textOf } from '../records/record-fields.js';
import type { Phase } from './collect-phases.js';
import { endOfRecord, type End, type EndFinder } from './ends.js';
import { matchesSearch } from './match-search.js';
import type { RelatedKeys } from './related-keys.js';
import { cursorRefused } from './relation-cursor.js';

/** Keys looked at in one go while a search leaves most of them out. */
const searchedAtOnce = 500;
/** Of a directory, where some may be left out. */
const smallestPage = 50;

/** Further conditions on what a phase shows, decided for all of its ends at once. */
export type Keep = (ends: readonly End[]) => Promise<ReadonlySet<End>>;

/** What is related, known or not, in the order of its key. */
export function relatedPhase(
  keys: RelatedKeys,
  { kind, finder, search, deadline, keep = keepAll }: {
    kind: 'customer-user' | 'customer';
    finder: EndFinder;
    search: SearchExpression | null;
    deadline: Deadline;
    keep?: Keep;
  },
): Phase {
  return {
    async read(position, limit) {
      const size = search === null && keep === keepAll ? limit : searchedAtOnce;
      const found = await keys.after(position, size + 1);
      const asked = found.slice(0, size);
      const ends = await finder.find(kind, asked.map(({ key }) => key), deadline);
      const candidates = asked.map(({ key, folded }) => ({ folded, end: ends.of(key) })).filter(({ end }) => matchesSearch(search, textsOf(end)));
      const kept = await keep(candidates.map(({ end }) => end));
      const matches = candidates.filter(({ end }) => kept.has(end));
      const isCut = matches.length > limit;
      const last = isCut ? matches[limit - 1] : asked.at(-1);
      return {
        ends: matches.slice(0, limit).map(({ end }) => end),
        next: isCut || found.length > size ? (last?.folded ?? null) : null,
        reports: ends.reports,
      };
    },
  };
}

/** In the middle of a page of the directory: what of it has been shown, and how large it was. */
const WalkPosition = z.strictObject({ cursor: z.string().nullable(), skip: z.number().int().min(0), size: z.number().int().min(1).max(1000) });

/** Records of a directory as its search finds them, as far as they are to be kept. */
export function directoryPhase(
  directory: CustomerUserDirectory | CustomerDirectory,
  { query, deadline, keep }: {
    query: Pick<DirectoryQuery, 'search' | 'customerId' | 'validity'>;
    deadline: Deadline;
    keep: Keep;
  },
): Phase {
  return {
    async read(position, limit) {
      const { cursor, skip, size } = position === null ? { cursor: null, skip: 0, size: Math.max(smallestPage, limit) } : readPosition(position);
      const page = await directory.page({ ...query, backendId: null, email: null, limit: size, cursor }, deadline);
      const ends = page.items.map(endOfRecord);
      const kept = await keep(ends);
      const matches = ends.filter((end) => kept.has(end)).slice(skip);
      const isCut = matches.length > limit;
      const goesOn = page.nextCursor === null ? null : JSON.stringify({ cursor: page.nextCursor, skip: 0, size });
      return {
        ends: matches.slice(0, limit),
        next: isCut ? JSON.stringify({ cursor, skip: skip + limit, size }) : goesOn,
        reports: page.reports,
      };
    },
  };
}

export const keepAll: Keep = async (ends) => new Set(ends);

/** Those that are not related: they have been shown before. */
export function keepUnrelated(keys: RelatedKeys): Keep {
  return async (ends) => {
    const related = await keys.among(ends.map(({ key }) => key));
    return new Set(ends.filter(({ key }) => !related.has(foldKey(key))));
  };
}

export function keepRelated(keys: RelatedKeys): Keep {
  return async (ends) => {
    const related = await keys.among(ends.map(({ key }) => key));
    return new Set(ends.filter(({ key }) => related.has(foldKey(key))));
  };
}

/** What a search looks at: the key, and of whoever is known the fields that the operator lets be searched. */
export function textsOf({ key, owned }: End): string[] {
  return owned === null ? [key] : [key, ...searchedTexts(owned)];
}

function searchedTexts({ backend: { fields }, record }: OwnedRecord): string[] {
  return [record.name, ...fields.rows.filter(({ isSearchable }) => isSearchable).map(({ variable }) => textOf(record, variable))];
}

function readPosition(text: string): z.infer<typeof WalkPosition> {
  try {
    return WalkPosition.parse(JSON.parse(text));
  } catch {
    throw cursorRefused();
  }
}
