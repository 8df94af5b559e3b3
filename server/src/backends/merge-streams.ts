import { foldKey, type StoredRecord } from './backend.js';

/** What one backend answered: its next records in its own order. */
export interface RecordStream {
  readonly entries: readonly StreamEntry[];
  /** There are more behind the last entry. */
  readonly hasMore: boolean;
  /** More match than the backend can ever hand out. */
  readonly isTruncated: boolean;
}

export interface StreamEntry {
  readonly record: StoredRecord;
  /** Where the stream goes on behind this entry. */
  readonly position: string;
  /** The earlier backend that knows the same key, and owns it. */
  readonly shadowedBy: string | null;
  /** Shadowed, and not asked for as such. */
  readonly isHidden: boolean;
}

export interface Merged {
  readonly shown: readonly { readonly stream: number; readonly entry: StreamEntry }[];
  /** For each stream: entries that are done with, shown or hidden. */
  readonly consumed: readonly number[];
}

/**
 * The next records of all streams by folded key. Each stream keeps its own order, so nothing is lost or shown twice
 * where stores order differently. It ends early where a stream's next record is not known yet.
 */
export function mergeStreams(streams: readonly RecordStream[], limit: number): Merged {
  const consumed = streams.map(() => 0);
  const shown: { stream: number; entry: StreamEntry }[] = [];
  for (;;) {
    streams.forEach((stream, index) => {
      consumed[index] = skipHidden(stream, consumed[index] ?? 0);
    });
    if (shown.length >= limit) break;
    const heads = streams.map((stream, index) => stream.entries[consumed[index] ?? 0]);
    if (streams.some((stream, index) => stream.hasMore && heads[index] === undefined)) break;
    const next = smallest(heads);
    if (next === null) break;
    shown.push(next);
    consumed[next.stream] = (consumed[next.stream] ?? 0) + 1;
  }
  return { shown, consumed };
}

function skipHidden(stream: RecordStream, from: number): number {
  let index = from;
  while (stream.entries[index]?.isHidden) index += 1;
  return index;
}

function smallest(heads: readonly (StreamEntry | undefined)[]): { stream: number; entry: StreamEntry } | null {
  let found: { stream: number; entry: StreamEntry; key: string } | null = null;
  for (const [stream, head] of heads.entries()) {
    if (!head) continue;
    const key = foldKey(head.record.key);
    if (found === null || key < found.key) found = { stream, entry: head, key };
  }
  return found;
}
