import type { Validity } from '../../../server/contract/validity.js';
import type { Sentence } from '../records/problem-sentences.js';

/** What one can be related to: the other side of the page. */
export type EndKind = 'customer-user' | 'customer' | 'group' | 'service';

export interface RelationEnd {
  readonly kind: EndKind;
  /** As people read it: login, customer ID, or the name of a group or service. */
  readonly name: string;
  /** The name for who only hears it, which has to be enough by itself. */
  readonly label: string;
  /** What tells it from others of that name; may be empty. */
  readonly detail: string;
  readonly state: 'known' | 'unknown' | 'unreachable';
  /** `null`: not known. */
  readonly validity: Validity | null;
  /** Its own page; `null` where there is none. */
  readonly path: string | null;
}

/** A box of a row: a permission key (for customers in a context), or the one box "assigned" with neither. */
export interface Cell {
  readonly key: string | null;
  readonly context: string | null;
}

export interface RelationRow {
  /** Names the row on the page and, as `identity`, its end in a request. */
  readonly key: string;
  readonly identity: Readonly<Record<string, string | number>>;
  readonly end: RelationEnd;
  /** How its boxes are said in a request: one box, permission keys, or permission keys in contexts. */
  readonly shape: 'assigned' | 'keys' | 'grants';
  readonly stored: readonly Cell[];
  /** What holds for other reasons, beside the boxes; a ticked box that no relation made cannot be unticked here. */
  readonly beside: readonly Sentence[];
  readonly isFixed: boolean;
}

export const assigned: Cell = { key: null, context: null };

/** It includes every other key of its context. */
const greatestKey = 'rw';

export function isSameCell(one: Cell, other: Cell): boolean {
  return one.key === other.key && one.context === other.context;
}

export function has(cells: readonly Cell[], cell: Cell): boolean {
  return cells.some((one) => isSameCell(one, cell));
}

/** Whether a greater permission among `cells` makes this one hold, whether it is stored or not. */
export function isIncluded(cells: readonly Cell[], cell: Cell): boolean {
  return cell.key !== null && cell.key !== greatestKey && has(cells, { key: greatestKey, context: cell.context });
}
