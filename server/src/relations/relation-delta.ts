import type { EndKind } from './relation.js';
import type { Anchor } from './relations.repository.js';
import type { RelationName } from './relation.js';

/** One cell at the other end of the anchor. */
export interface DeltaEntry {
  readonly other: string;
  readonly key: string;
  readonly context: string;
}

/** The cells of one row as a page showed them. */
export interface SeenRow {
  readonly other: string;
  readonly cells: readonly { readonly key: string; readonly context: string }[];
}

/** What is to be written from one side: what it does not name is not touched. */
export interface RelationDelta {
  readonly relation: RelationName;
  readonly anchor: Anchor;
  readonly add: readonly DeltaEntry[];
  readonly remove: readonly DeltaEntry[];
  /** `null`: nothing is compared. */
  readonly seen: readonly SeenRow[] | null;
}

/** How the API calls the key of an end, also in the paths of issues. */
export const keyNames = {
  'customer-user': 'login',
  customer: 'customerId',
  group: 'groupId',
  service: 'serviceId',
} as const satisfies Readonly<Record<EndKind, string>>;
