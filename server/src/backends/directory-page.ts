import { defaultPageSize, maximumPageSize, type BackendReport, type Count } from '../../contract/page.js';
import { deadlineIn, type Deadline } from '../kernel/deadline.js';
import { askBackends } from './ask-backends.js';
import { foldKey, type Backend, type RecordQuery, type StoredRecord } from './backend.js';
import { readCursor, writeCursor, type DirectoryPlace } from './directory-cursor.js';
import type { OwnedRecord } from './directory.js';
import { mergeStreams, type RecordStream } from './merge-streams.js';
import type { SearchFault, SearchSyntaxError } from './search-syntax-error.js';

/** `shadowedBy`: the backend that owns its key, where the record is another one's and was asked for as such. */
export interface ListedRecord extends OwnedRecord {
  readonly shadowedBy: string | null;
}

export interface DirectoryPage {
  readonly items: readonly ListedRecord[];
  /** A page may be shorter than asked for and still have one behind it. */
  readonly nextCursor: string | null;
  /** Of the first page, carried along. */
  readonly count: Count;
  readonly reports: readonly BackendReport[];
  readonly searchError: { readonly code: SearchFault; readonly position: number } | null;
}

export interface PageRequest {
  /** All of the kind, in the order of precedence. */
  readonly all: readonly Backend[];
  /** Those whose rows are wanted. */
  readonly asked: readonly Backend[];
  /** Records whose key an earlier backend owns. */
  readonly shadowed: 'hidden' | 'shown';
  readonly recordQuery: RecordQuery;
  /** What a cursor is bound to. */
  readonly identity: unknown;
  readonly limit: number | null;
  readonly cursor: string | null;
  readonly deadline: Deadline;
}

/** Totals are exact up to here. */
export const countCap = 10_000;
/** A total is a courtesy: it never keeps a page waiting longer. */
const countPatienceMs = 1_500;
/** Rounds that found nothing but shadowed records before an empty page with a next one is handed out. */
const mostRounds = 10;

export async function collectPage(request: PageRequest): Promise<DirectoryPage> {
  const { asked, recordQuery, cursor, identity } = request;
  const waiting = asked.filter((backend) => needsSearch(backend, recordQuery));
  const first = asked.filter((backend) => !waiting.includes(backend)).map(({ id }) => [id, null] as const);
  const place = cursor === null ? null : readCursor(cursor, identity, asked.map(({ id }) => id));
  const limit = pageSize(request.limit, asked);

  const failures = new Map<string, Date>();
  let rest: DirectoryPlace['rest'] = place?.rest ?? first;
  let items: readonly ListedRecord[] = [];
  let streams: ReadonlyMap<Backend, RecordStream> = new Map();
  for (let round = 0; items.length === 0 && rest.some(([id]) => !failures.has(id)) && round < mostRounds; round += 1) {
    streams = await readStreams(request, { rest, limit, failures });
    const { shown, consumed } = mergeStreams([...streams.values()], limit);
    const backends = [...streams.keys()];
    items = shown.flatMap(({ stream, entry: { record, shadowedBy } }) =>
      backends.slice(stream, stream + 1).map((backend) => ({ backend, record, shadowedBy })),
    );
    rest = placesBehind(rest, streams, consumed);
  }

  const isLast = rest.every(([id]) => failures.has(id));
  const { count, truncated } = place ?? (await totalsOf(request, streams, isLast ? items.length : null));
  return {
    items,
    nextCursor: isLast ? null : writeCursor({ rest, count, truncated }, identity),
    count,
    reports: asked.map((backend) => reportOn(backend, { failures, waiting, truncated })),
    searchError: null,
  };
}

/** The answer to a text that is not understood: nothing, and where the fault is. */
export function emptyPage(asked: readonly Backend[], { code, position }: SearchSyntaxError): DirectoryPage {
  return {
    items: [],
    nextCursor: null,
    count: { value: 0, capped: false },
    reports: asked.map((backend) => reportOn(backend, { failures: new Map(), waiting: [], truncated: [] })),
    searchError: { code, position },
  };
}

async function readStreams(
  { all, asked, shadowed, recordQuery, deadline }: PageRequest,
  { rest, limit, failures }: { rest: DirectoryPlace['rest']; limit: number; failures: Map<string, Date> },
): Promise<ReadonlyMap<Backend, RecordStream>> {
  const positions = new Map(rest);
  const sources = asked.filter(({ id }) => positions.has(id));
  const search = (backend: Backend) => backend.search(recordQuery, positions.get(backend.id) ?? null, limit, deadline);
  const streams = new Map<Backend, RecordStream>();
  for (const answer of await Promise.all(askBackends(sources, search))) {
    if ('failure' in answer) {
      failures.set(answer.backend.id, answer.since);
      continue;
    }
    const { records, positions: behind, hasMore, isTruncated = false } = answer.value;
    const earlier = all.slice(0, all.indexOf(answer.backend));
    const owners = await ownersAmong(earlier, records, deadline);
    const entries = records.map((record, index) => {
      const shadowedBy = owners.get(foldKey(record.key)) ?? null;
      return { record, position: behind[index] ?? '', shadowedBy, isHidden: shadowed === 'hidden' && shadowedBy !== null };
    });
    streams.set(answer.backend, { entries, hasMore, isTruncated });
  }
  return streams;
}

/** Who owns a key earlier, also where that one was not asked for rows. While it is down nobody knows. */
async function ownersAmong(
  earlier: readonly Backend[],
  records: readonly StoredRecord[],
  deadline: Deadline,
): Promise<ReadonlyMap<string, string>> {
  if (earlier.length === 0 || records.length === 0) return new Map();
  const keys = records.map(({ key }) => key);
  const answers = await Promise.all(askBackends(earlier, (backend) => backend.findMany(keys, deadline)));
  // From the last to the first: whoever comes first owns it.
  return new Map(answers.reverse().flatMap((answer) => ('value' in answer ? [...answer.value.keys()].map((key) => [key, answer.backend.id] as const) : [])));
}

/** Backends at their end are left out; one that failed keeps its place, for the next page to try. */
function placesBehind(
  rest: DirectoryPlace['rest'],
  streams: ReadonlyMap<Backend, RecordStream>,
  consumed: readonly number[],
): DirectoryPlace['rest'] {
  const behind = new Map(
    [...streams].map(([{ id }, { entries, hasMore }], index) => {
      const done = consumed[index] ?? 0;
      return [id, { isAtEnd: done === entries.length && !hasMore, position: entries[done - 1]?.position }] as const;
    }),
  );
  return rest.flatMap(([id, before]) => {
    const place = behind.get(id);
    return place?.isAtEnd ? [] : [[id, place?.position ?? before] as const];
  });
}

/** `shown`: how many there are where the first page shows all of them. */
async function totalsOf(
  request: PageRequest,
  streams: ReadonlyMap<Backend, RecordStream>,
  shown: number | null,
): Promise<Pick<DirectoryPlace, 'count' | 'truncated'>> {
  const counts = await Promise.all(
    [...streams].map(async ([backend, stream]) => ({ backend, stream, count: await countOf(backend, stream, request) })),
  );
  const truncated = counts
    .filter(({ backend, stream, count }) => stream.isTruncated || count.value > backend.traits.listLimit)
    .map(({ backend }) => backend.id);
  if (shown !== null) return { count: { value: shown, capped: counts.some(({ count }) => count.capped) }, truncated };
  const value = counts.reduce((sum, { count }) => sum + count.value, 0);
  return { count: { value: Math.min(value, countCap), capped: value > countCap || counts.some(({ count }) => count.capped) }, truncated };
}

async function countOf(backend: Backend, stream: RecordStream, { recordQuery, deadline }: PageRequest): Promise<Count> {
  const seen = stream.entries.length;
  if (!stream.hasMore) return { value: seen, capped: stream.isTruncated };
  const atLeast = { value: seen + 1, capped: true };
  if (!backend.traits.isCountable) return atLeast;
  const patience = deadlineIn(Math.min(countPatienceMs, deadline.remainingMs()));
  const [counting] = askBackends([backend], () => backend.count(recordQuery, countCap, patience));
  const answer = await counting;
  return answer && 'value' in answer ? { value: answer.value, capped: answer.value > countCap || stream.isTruncated } : atLeast;
}

function needsSearch({ traits }: Backend, { text, customerId, email }: RecordQuery): boolean {
  return !traits.canList && text === null && customerId === null && email === null;
}

function pageSize(limit: number | null, asked: readonly Backend[]): number {
  const offered = asked.reduce((sum, { traits }) => sum + traits.listLimit, 0);
  return Math.min(maximumPageSize, limit ?? (offered || defaultPageSize));
}

export function reportOn(
  backend: Backend,
  { failures, waiting, truncated }: { failures: ReadonlyMap<string, Date>; waiting: readonly Backend[]; truncated: readonly string[] },
): BackendReport {
  const report = { backendId: backend.id, title: backend.title, since: null, limit: null };
  const since = failures.get(backend.id);
  if (since) return { ...report, state: 'failed', since: since.toISOString() };
  if (waiting.includes(backend)) return { ...report, state: 'needs-search', limit: backend.traits.minimumSearchLength };
  if (truncated.includes(backend.id)) return { ...report, state: 'truncated', limit: backend.traits.listLimit };
  return { ...report, state: 'ok' };
}
