import type { BackendKind } from '../../contract/backend.js';
import type { JobResult } from '../platform/jobs/index.js';
import type { Deadline } from '../kernel/deadline.js';
import type { Transaction } from '../platform/persistence/unit-of-work.js';

/** Whose key becomes another one. `from` is spelled as stored. */
export interface Rename {
  readonly kind: BackendKind;
  readonly from: string;
  readonly to: string;
  readonly moveTickets: boolean;
}

/** What one step has moved. `position`: where the next one begins; `null`: nothing is left. */
export interface MovedRows {
  readonly changed: number;
  /** What could not be moved, by its key. */
  readonly refused: readonly JobResult[];
  readonly position: string | null;
}

/** Rows that name the old key, in one table, or in one backend. */
export interface RenamePlace {
  /** As people are told: the table, or the backend. */
  readonly table: string;
  /** Characters that its column holds; `null`: without limit, or not known. */
  readonly width: number | null;
  count(deadline: Deadline): Promise<number>;
  move(transaction: Transaction, position: string | null, limit: number): Promise<MovedRows>;
}

/** Rows of one step. */
export const stepRows = 1_000;

/** Moves up to `steps` steps; the position says whether there is more. */
export async function drain(place: RenamePlace, transaction: Transaction, steps: number): Promise<MovedRows> {
  let changed = 0;
  const refused: JobResult[] = [];
  let position: string | null = null;
  for (let step = 0; step < steps; step += 1) {
    const moved: MovedRows = await place.move(transaction, position, stepRows);
    changed += moved.changed;
    refused.push(...moved.refused);
    position = moved.position;
    if (position === null) break;
  }
  return { changed, refused, position };
}
