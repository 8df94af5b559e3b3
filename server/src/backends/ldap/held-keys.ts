import type { Clock } from '../../kernel/clock.js';
import { mostEntries } from './ldap-search.js';

/** So long a reader may rest on a page and find the next one in the same order. */
const heldMs = 2 * 60_000;
/** A list is read again for a first page only after so many times as long as reading it took. */
const restFactor = 10;

/** Logins as stored, in the order of their folded form. */
export interface KeyList {
  readonly keys: readonly string[];
  readonly folded: readonly string[];
  /** More match than the directory handed out. */
  readonly isTruncated: boolean;
}

/** `keys`: by the folded login. */
export function inOrder(keys: ReadonlyMap<string, string>, isTruncated: boolean): KeyList {
  const folded = [...keys.keys()].sort();
  return { keys: folded.map((key) => keys.get(key) ?? key), folded, isTruncated };
}

/** Where the keys behind this place begin. */
export function placeBehind({ folded }: KeyList, position: string | null): number {
  if (position === null) return 0;
  let low = 0;
  let high = folded.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((folded[middle] ?? '') > position) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * What first pages found, for the pages behind them: a directory hands out people in no order, so whoever wants the
 * second page would have to read everybody again. Bounded in time and in keys; what is not held is read again.
 */
export class HeldKeys {
  private readonly lists = new Map<string, { readonly list: KeyList; readonly freshUntil: number; readonly until: number }>();

  constructor(private readonly clock: Clock) {}

  get(question: string): KeyList | null {
    return this.known(question)?.list ?? null;
  }

  /** Good enough to begin with: many who open the same long list do not make the directory read without a rest. */
  getFresh(question: string): KeyList | null {
    const known = this.known(question);
    return known && this.clock.now().getTime() < known.freshUntil ? known.list : null;
  }

  put(question: string, list: KeyList, readMs: number): void {
    const now = this.clock.now().getTime();
    this.lists.delete(question);
    this.lists.set(question, { list, freshUntil: now + restFactor * readMs, until: now + heldMs });
    let total = [...this.lists.values()].reduce((sum, { list: { keys } }) => sum + keys.length, 0);
    for (const [oldest, { list: { keys } }] of this.lists) {
      if (total <= mostEntries) break;
      this.lists.delete(oldest);
      total -= keys.length;
    }
  }

  private known(question: string) {
    const now = this.clock.now().getTime();
    for (const [old, { until }] of this.lists) {
      if (now >= until) this.lists.delete(old);
    }
    return this.lists.get(question);
  }
}
