import { foldKey } from '../kernel/fold-key.js';
import type { Cell, Slot } from './relation.js';

/** A row as it is stored, with what has to outlive it where it is written anew. */
export interface StoredRow extends Cell {
  /** Only 1 counts, as in the helpdesk. */
  readonly value: number;
  readonly createTime: Date;
  readonly createBy: number;
}

/** Keys of one slot before and after. */
export interface SlotChange extends Slot {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

export interface NewRow extends Cell {
  /** Of the row that is kept of several equal ones; `null`: it is new. */
  readonly created: Pick<StoredRow, 'createTime' | 'createBy'> | null;
}

/** Rows to take away, spelled as stored, rows to write behind that, and what that changes. */
export interface Plan {
  readonly removals: readonly Cell[];
  readonly rows: readonly NewRow[];
  readonly changes: readonly SlotChange[];
}

/** A slot and the keys that it is to have, by what it has. */
export interface WantedSlot extends Slot {
  readonly wanted: (stored: ReadonlySet<string>) => ReadonlySet<string>;
}

/**
 * What has to be written so that the slots hold what is wanted. Rows of other slots are none of its business; of equal
 * rows of these one is left, and rows that hold already are left as they are.
 */
export function planChange(slots: readonly WantedSlot[], stored: readonly StoredRow[]): Plan {
  const rowsBySlot = groupBy(stored, slotName);
  const plans = slots.map((slot) => planSlot(slot, rowsBySlot.get(slotName(slot)) ?? []));
  return {
    removals: plans.flatMap(({ removals }) => removals),
    rows: plans.flatMap(({ rows }) => rows),
    changes: plans.flatMap(({ changes }) => changes),
  };
}

/** The same for any spelling of its ends. */
export function slotName({ owner, target, context }: Slot): string {
  return JSON.stringify([foldKey(owner), foldKey(target), context]);
}

export function keysOf(rows: readonly StoredRow[]): Set<string> {
  return new Set(rows.filter(({ value }) => value === 1).map(({ key }) => key));
}

/** Keys that are there now and were not before, and the other way round. */
export function countsOf(changes: readonly SlotChange[]): { added: number; removed: number } {
  const count = (from: readonly string[], to: readonly string[]): number => to.filter((key) => !from.includes(key)).length;
  return {
    added: changes.reduce((sum, { from, to }) => sum + count(from, to), 0),
    removed: changes.reduce((sum, { from, to }) => sum + count(to, from), 0),
  };
}

function planSlot(slot: WantedSlot, rows: readonly StoredRow[]): Plan {
  const from = keysOf(rows);
  const to = slot.wanted(from);
  const byKey = groupBy(rows, ({ key }) => key);
  const { owner, target, context } = slot;
  const removals: Cell[] = [];
  const written: NewRow[] = [];
  for (const key of new Set([...byKey.keys(), ...to])) {
    const equal = byKey.get(key) ?? [];
    const kept = to.has(key) ? bestOf(equal, slot) : null;
    if (kept !== null && equal.length === 1) continue;
    removals.push(...distinct(equal));
    if (kept !== null) written.push({ owner: kept.owner, target: kept.target, context, key, created: kept });
    else if (to.has(key)) written.push({ owner, target, context, key, created: null });
  }
  const isChanged = from.size !== to.size || [...from].some((key) => !to.has(key));
  const changes = isChanged ? [{ owner, target, context, from: [...from].sort(), to: [...to].sort() }] : [];
  return { removals, rows: written, changes };
}

/** The one spelled as the record is, which is the one that the helpdesk sees on every engine; of these the oldest. */
function bestOf(rows: readonly StoredRow[], { owner, target }: Slot): StoredRow | null {
  const counting = rows.filter(({ value }) => value === 1);
  const spelled = counting.filter((row) => row.owner === owner && row.target === target);
  const [best] = (spelled.length > 0 ? spelled : counting).toSorted((a, b) => a.createTime.getTime() - b.createTime.getTime());
  return best ?? null;
}

function distinct(cells: readonly Cell[]): Cell[] {
  return [...new Map(cells.map(({ owner, target, context, key }) => [JSON.stringify([owner, target]), { owner, target, context, key }])).values()];
}

export function groupBy<T>(items: readonly T[], nameOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = nameOf(item);
    const group = groups.get(name);
    if (group) group.push(item);
    else groups.set(name, [item]);
  }
  return groups;
}
