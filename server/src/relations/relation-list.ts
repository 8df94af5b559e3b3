import { Injectable } from '@nestjs/common';
import type { BackendReport, Count } from '../../contract/page.js';
import { countCap, type CustomerDirectory, type CustomerUserDirectory, parseSearch, type SearchExpression, SearchSyntaxError } from '../backends/index.js';
import { type Deadline, deadlineIn } from '../kernel/deadline.js';
import { readDeadlineMs } from '../records/deadlines.js';
import { collectPhases, type Phase } from './collect-phases.js';
import { type End, EndFinder } from './ends.js';
import { matchesSearch } from './match-search.js';
import { directoryPhase, type Keep, keepRelated, relatedPhase, textsOf } from './phases.js';
import type { RelatedKeys } from './related-keys.js';
import { readCursor, writeCursor } from './relation-cursor.js';

/** Up to here a search looks at all that is related; beyond it, at what the directory finds, and picks that out. */
const mostSearched = 1_000;

/** A list of people, or of customers, at the other end of something. */
export interface ListRequest {
  readonly kind: 'customer-user' | 'customer';
  readonly directory: CustomerUserDirectory | CustomerDirectory;
  readonly related: RelatedKeys;
  readonly query: { readonly search?: string | undefined; readonly limit: number; readonly cursor?: string | undefined };
  /** What a cursor is bound to. */
  readonly identity: unknown;
  /** What is shown behind those that are related; none where only these are asked for. */
  readonly further: (asked: AskedList) => readonly FurtherPhase[];
}

export interface AskedList {
  readonly search: string | null;
  readonly text: SearchExpression | null;
  readonly deadline: Deadline;
}

export interface FurtherPhase {
  readonly phase: Phase;
  /** Of the related ones, those that the directory counts among this phase's. */
  readonly includes?: (end: End) => boolean;
  /** How many the directory has for it. */
  readonly count?: () => Promise<Count>;
}

export interface RelationList {
  readonly ends: readonly End[];
  readonly nextCursor: string | null;
  readonly count: Count;
  readonly assigned: Count;
  readonly reports: BackendReport[];
  readonly searchError: { code: string; position: number } | null;
  readonly deadline: Deadline;
}

/** Pages of what is related first and the rest behind it, whatever their size. */
@Injectable()
export class RelationLists {
  constructor(private readonly finder: EndFinder) {}

  async page(request: ListRequest): Promise<RelationList> {
    const deadline = deadlineIn(readDeadlineMs);
    try {
      return await this.pageOf(request, deadline);
    } catch (error) {
      if (!(error instanceof SearchSyntaxError)) throw error;
      const assigned = await countedTo(request.related);
      const nothing = { ends: [], nextCursor: null, count: { value: 0, capped: false }, reports: [] };
      return { ...nothing, assigned, searchError: { code: error.code, position: error.position }, deadline };
    }
  }

  private async pageOf(request: ListRequest, deadline: Deadline): Promise<RelationList> {
    const { query, related, kind } = request;
    const search = query.search ?? null;
    const asked: AskedList = { search, text: search === null ? null : parseSearch(search), deadline };
    const identity = [request.identity, search];
    const place = query.cursor === undefined ? null : readCursor(query.cursor, identity);
    const assigned = place?.assigned ?? (await countedTo(related));
    const isSmall = !assigned.capped && assigned.value <= mostSearched;
    const first = isSmall || asked.text === null
      ? relatedPhase(related, { kind, finder: this.finder, search: asked.text, deadline })
      : directoryPhase(request.directory, { query: { search, customerId: null, validity: 'all' }, deadline, keep: keepRelated(related) });
    const further = request.further(asked);
    const phases = [first, ...further.map(({ phase }) => phase)];
    const { ends, next, reports } = await collectPhases(phases, place ?? { phase: 0, position: null }, query.limit);
    const count = place?.count ?? (next === null ? { value: ends.length, capped: false } : await this.countOf(request, { asked, assigned, isSmall, further, shown: ends.length }));
    const nextCursor = next === null ? null : writeCursor({ ...next, count, assigned }, identity);
    return { ends, nextCursor, count, assigned, reports: [...reports], searchError: null, deadline };
  }

  /** Exact where few are related and the directory counts the rest; else at least what is known. */
  private async countOf(
    { kind, related }: ListRequest,
    { asked, assigned, isSmall, further, shown }: { asked: AskedList; assigned: Count; isSmall: boolean; further: readonly FurtherPhase[]; shown: number },
  ): Promise<Count> {
    const counts = await Promise.all(further.map(async ({ count }) => (await count?.()) ?? { value: 0, capped: true }));
    const isKnown = isSmall || (asked.text === null && further.length === 0);
    const counted = isSmall ? await this.matching(kind, related, { asked, further }) : assigned.value;
    const value = counts.reduce((sum, count) => sum + count.value, asked.text === null || isSmall ? counted : 0);
    const isCapped = !isKnown || assigned.capped || counts.some(({ capped }) => capped) || value > countCap;
    return { value: Math.min(Math.max(value, shown), countCap), capped: isCapped };
  }

  /** Of the related ones, those that match and that no further phase counts. */
  private async matching(
    kind: ListRequest['kind'],
    related: RelatedKeys,
    { asked, further }: { asked: AskedList; further: readonly FurtherPhase[] },
  ): Promise<number> {
    const keys = await related.after(null, mostSearched);
    if (asked.text === null && further.length === 0) return keys.length;
    const ends = await this.finder.find(kind, keys.map(({ key }) => key), asked.deadline);
    return keys
      .map(({ key }) => ends.of(key))
      .filter((end) => matchesSearch(asked.text, textsOf(end)) && !further.some(({ includes }) => includes?.(end) ?? false)).length;
  }
}

/** Records of the directory that have not been shown as related. */
export function restOf(
  { directory }: Pick<ListRequest, 'directory'>,
  { search, deadline }: AskedList,
  { customerId, validity, keep, isCounted }: { customerId: string | null; validity: 'valid' | 'all'; keep: Keep; isCounted: (end: End) => boolean },
): FurtherPhase {
  const query = { search, customerId, validity };
  return {
    phase: directoryPhase(directory, { query, deadline, keep }),
    includes: isCounted,
    count: async () => (await directory.page({ ...query, backendId: null, email: null, limit: 1, cursor: null }, deadline)).count,
  };
}

async function countedTo(related: RelatedKeys): Promise<Count> {
  const found = await related.count(countCap);
  return { value: Math.min(found, countCap), capped: found > countCap };
}
