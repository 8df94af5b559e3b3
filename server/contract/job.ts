import { z } from 'zod';
import { CustomerUserQuery } from './customer-user.js';
import { CustomerUserEnd } from './relation.js';
import { Count } from './page.js';
import { PermissionKey } from './grant.js';

export const jobKinds = ['bulk-relation', 'rename-login', 'rename-customer', 'undo'] as const;
export const jobStates = ['waiting', 'running', 'done', 'cancelled', 'failed'] as const;

/** Rows per table that name a key; `isMoved` false: left as they are, with the reason's code. */
export const NamingTable = z.object({ table: z.string(), rows: z.number().int(), isMoved: z.boolean(), reason: z.string().nullable() });
export type NamingTable = z.infer<typeof NamingTable>;

/** Long work that goes on without anybody looking, and after a restart of the server. */
export const Job = z
  .object({
    jobId: z.string(),
    kind: z.enum(jobKinds),
    state: z.enum(jobStates),
    /** `total` is `null` until it is known. */
    progress: z.object({ done: z.number().int(), total: z.number().int().nullable() }),
    result: z.object({ changed: z.number().int(), unchanged: z.number().int(), failed: z.number().int() }),
    createdBy: z.string(),
    createdAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
    /** Whether its changes can be taken back, until when, and whether that has been done. */
    undo: z.object({ until: z.iso.datetime(), jobId: z.string().nullable() }).nullable(),
    /** What it is about, as it was asked for: without secrets. */
    request: z.record(z.string(), z.unknown()),
    /** With renames: what has been moved so far, and in the end. */
    tables: z.array(NamingTable).nullable(),
    /** The code of what stopped it, or, while it waits to try again, of what holds it up. */
    failure: z.string().nullable(),
  })
  .meta({ id: 'Job' });
export type Job = z.infer<typeof Job>;

export const JobQuery = z.object({ limit: z.coerce.number().int().min(1).max(200).default(50), cursor: z.string().max(200).optional() });
export type JobQuery = z.infer<typeof JobQuery>;
export const JobPage = z.object({ items: z.array(Job), nextCursor: z.string().nullable() }).meta({ id: 'JobPage' });
export type JobPage = z.infer<typeof JobPage>;

export const JobEntry = z.object({ key: z.string(), state: z.enum(['changed', 'unchanged', 'failed']), code: z.string().nullable() });
export type JobEntry = z.infer<typeof JobEntry>;
export const JobEntryQuery = JobQuery.extend({ state: z.enum(['changed', 'unchanged', 'failed']).optional() });
export type JobEntryQuery = z.infer<typeof JobEntryQuery>;
export const JobEntryPage = z.object({ items: z.array(JobEntry), nextCursor: z.string().nullable() }).meta({ id: 'JobEntryPage' });
export type JobEntryPage = z.infer<typeof JobEntryPage>;

/** One change for every person that a search finds. */
export const BulkRelation = z
  .strictObject({
    search: CustomerUserQuery.pick({ search: true, backend: true, customerId: true, validity: true }),
    change: z.discriminatedUnion('relation', [
      z.strictObject({ relation: z.literal('group'), action: z.enum(['add', 'remove']), groupId: z.number().int(), key: PermissionKey }),
      z.strictObject({ relation: z.literal('customer'), action: z.enum(['add', 'remove']), customerId: z.string().min(1).max(250) }),
      z.strictObject({ relation: z.literal('service'), action: z.enum(['add', 'remove']), serviceId: z.number().int() }),
    ]),
  })
  .meta({ id: 'BulkRelation' });
export type BulkRelation = z.infer<typeof BulkRelation>;

export const BulkPreview = z
  .object({
    people: Count,
    /** Of them, as far as counted. */
    alreadySo: Count,
    byBackend: z.array(z.object({ backendId: z.string(), title: z.string(), count: Count.nullable() })),
    examples: z.array(CustomerUserEnd).max(10),
  })
  .meta({ id: 'BulkPreview' });
export type BulkPreview = z.infer<typeof BulkPreview>;

/** `tickets`: whether the tickets under the old name follow; the helpdesk's own answer is yes. */
export const LoginRename = z.strictObject({ login: z.string().max(10_000), moveTickets: z.boolean().default(true) }).meta({ id: 'LoginRename' });
export type LoginRename = z.infer<typeof LoginRename>;
export const CustomerRename = z
  .strictObject({ customerId: z.string().max(10_000), moveTickets: z.boolean().default(true) })
  .meta({ id: 'CustomerRename' });
export type CustomerRename = z.infer<typeof CustomerRename>;

export const RenamePreview = z
  .object({
    from: z.string(),
    to: z.string(),
    tables: z.array(NamingTable),
    /** Done at once, or as a job, as it is large. */
    isJob: z.boolean(),
  })
  .meta({ id: 'RenamePreview' });
export type RenamePreview = z.infer<typeof RenamePreview>;

/** `version` of the renamed record; `jobId`: the rest goes on as a job. */
export const Renamed = z
  .object({ to: z.string(), version: z.string(), tables: RenamePreview.shape.tables, jobId: z.string().nullable() })
  .meta({ id: 'Renamed' });
export type Renamed = z.infer<typeof Renamed>;
/** With `?dryRun=true` a RenamePreview. */
export const RenameAnswer = z.union([Renamed, RenamePreview]);
