import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { NamingTable } from '../../contract/job.js';
import { type Batch, type BatchResult, JobHandlers, type JobHandler, type RunningJob } from '../platform/jobs/index.js';
import type { Transaction } from '../platform/persistence/unit-of-work.js';
import { keyReferences } from '../records/key-references.js';
import { KeyReferencesRepository } from '../records/key-references.repository.js';
import { keyLock, RenamedKeysRepository } from '../records/renamed-keys.repository.js';
import { drain, type MovedRows, type Rename, type RenamePlace, stepRows } from './rename-place.js';
import { RenamePlaces } from './rename-places.js';

export const RenameRequest = z.object({ from: z.string(), to: z.string(), moveTickets: z.boolean() });
export type RenameRequest = z.infer<typeof RenameRequest>;

/** `place`: the table that is being moved; `null`: all were, and what came in meanwhile is looked for. */
export const RenameCheckpoint = z.object({
  place: z.string().nullable(),
  position: z.string().nullable(),
  tables: z.array(NamingTable),
});
export type RenameCheckpoint = z.infer<typeof RenameCheckpoint>;

/** Steps of one table while everybody who would add to it waits. */
const lastSteps = 5;

/** Moves what is left of a large rename, table by table, and ends it when nothing names the old key any more. */
@Injectable()
export class RenameJobs implements OnModuleInit {
  constructor(
    private readonly handlers: JobHandlers,
    private readonly places: RenamePlaces,
    private readonly references: KeyReferencesRepository,
    private readonly renamedKeys: RenamedKeysRepository,
  ) {}

  onModuleInit(): void {
    this.handlers.add(this.handler('rename-login', 'customer-user'));
    this.handlers.add(this.handler('rename-customer', 'customer'));
  }

  private handler(kind: JobHandler['kind'], subject: Rename['kind']): JobHandler {
    return { kind, onTrouble: 'finish', undoableForMs: null, prepare: (job) => Promise.resolve(this.batch(job, subject)) };
  }

  private batch({ request, checkpoint }: RunningJob, kind: Rename['kind']): Batch {
    const rename = { kind, ...RenameRequest.parse(request) };
    const from = RenameCheckpoint.parse(checkpoint);
    const places = this.places.large(rename);
    const place = places.find(({ table }) => table === from.place);
    return (transaction) => (place === undefined ? this.finish(transaction, { rename, places, from }) : step(transaction, { place, places, from }));
  }

  /** Nobody can begin to use the old key while its lock is held; whoever came before is seen. */
  private async finish(
    transaction: Transaction,
    { rename, places, from }: { rename: Rename; places: readonly RenamePlace[]; from: RenameCheckpoint },
  ): Promise<BatchResult> {
    await transaction.lock([keyLock(rename.kind, rename.from)]);
    let tables = from.tables;
    let changed = 0;
    let isLast = true;
    for (const place of places) {
      const moved = await drain(place, transaction, lastSteps);
      tables = added(tables, place.table, { changed: moved.changed, refused: [] });
      changed += moved.changed;
      if (moved.position !== null) isLast = false;
    }
    if (isLast) await this.end(transaction, rename);
    return { checkpoint: { ...from, tables } satisfies RenameCheckpoint, entries: [], changed, tables, isLast };
  }

  /** The customer's rights stood under both names, so that nobody lost them on the way. */
  private async end(transaction: Transaction, { kind, from }: Rename): Promise<void> {
    const groups = keyReferences.find(({ table }) => table === 'group_customer');
    if (kind === 'customer' && groups !== undefined) await this.references.remove(transaction, groups, from);
    await this.renamedKeys.end(transaction, kind, from);
  }
}

async function step(
  transaction: Transaction,
  { place, places, from }: { place: RenamePlace; places: readonly RenamePlace[]; from: RenameCheckpoint },
): Promise<BatchResult> {
  const moved = await place.move(transaction, from.position, stepRows);
  const tables = added(from.tables, place.table, moved);
  const next = moved.position === null ? (places[places.indexOf(place) + 1]?.table ?? null) : place.table;
  const checkpoint: RenameCheckpoint = { place: next, position: moved.position, tables };
  return { checkpoint, entries: moved.refused, changed: moved.changed, tables, isLast: false };
}

/** Rows of one table more than before. What could not be moved is told as left behind. */
export function added(tables: readonly NamingTable[], table: string, { changed, refused }: Pick<MovedRows, 'changed' | 'refused'>): NamingTable[] {
  const known = tables.find((row) => row.table === table && row.isMoved);
  const others = tables.filter((row) => row !== known && !(row.table === table && row.reason === 'too-long'));
  const left = refused.length + (tables.find((row) => row.table === table && row.reason === 'too-long')?.rows ?? 0);
  return [
    ...others,
    { table, rows: (known?.rows ?? 0) + changed, isMoved: true, reason: null },
    ...(left > 0 ? [{ table, rows: left, isMoved: false, reason: 'too-long' }] : []),
  ];
}
