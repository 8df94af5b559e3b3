import { z } from 'zod';
import { Count, BackendReport } from './page.js';
import { Validity } from './validity.js';

/**
 * One end of a relation, as far as it is known. `unknown`: no backend has it; `unreachable`: a backend that could have
 * it does not answer. Relations to both are shown, and can be removed.
 */
const endState = z.enum(['known', 'unknown', 'unreachable']);

export const CustomerUserEnd = z
  .object({
    login: z.string(),
    state: endState,
    fullName: z.string().nullable(),
    email: z.string().nullable(),
    customerId: z.string().nullable(),
    validity: Validity.nullable(),
    backendId: z.string().nullable(),
  })
  .meta({ id: 'CustomerUserEnd' });
export type CustomerUserEnd = z.infer<typeof CustomerUserEnd>;

export const CustomerEnd = z
  .object({
    customerId: z.string(),
    state: endState,
    name: z.string().nullable(),
    validity: Validity.nullable(),
    backendId: z.string().nullable(),
  })
  .meta({ id: 'CustomerEnd' });
export type CustomerEnd = z.infer<typeof CustomerEnd>;

/** `name` and `validity` are `null` where a relation names a group, or a service, that is gone. */
export const GroupEnd = z
  .object({ groupId: z.number().int(), name: z.string().nullable(), validity: Validity.nullable() })
  .meta({ id: 'GroupEnd' });
export type GroupEnd = z.infer<typeof GroupEnd>;

export const ServiceEnd = z
  .object({ serviceId: z.number().int(), name: z.string().nullable(), validity: Validity.nullable() })
  .meta({ id: 'ServiceEnd' });
export type ServiceEnd = z.infer<typeof ServiceEnd>;

/** `assigned`: only what is related, invalid and unknown ends among it; `all`: whatever can be, what is related first. */
export const RelationQuery = z.object({
  search: z.string().max(500).optional(),
  show: z.enum(['assigned', 'all']).default('assigned'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(4000).optional(),
});
export type RelationQuery = z.infer<typeof RelationQuery>;

/** `count`: of what `show` and `search` ask for. `assigned`: of all relations, whatever is searched for. */
export const relationPageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    nextCursor: z.string().nullable(),
    count: Count,
    assigned: Count,
    reports: z.array(BackendReport),
    searchError: z.object({ code: z.string(), position: z.number().int() }).nullable(),
  });

/**
 * What a person touched, and nothing else. `seen`: the cells of the touched rows as the page showed them; where one of
 * them was changed meanwhile, and not to what is wanted here, nothing is written and the answer is 409
 * `relation.changed` with one issue per cell (`seen`, `stored` and `wanted` in its params). Without `seen` nothing is
 * compared, for programs.
 */
export const deltaOf = <Entry extends z.ZodType, Seen extends z.ZodType>(entry: Entry, seen: Seen) =>
  z.strictObject({
    add: z.array(entry).max(10_000).default([]),
    remove: z.array(entry).max(10_000).default([]),
    seen: z.array(seen).max(10_000).optional(),
  });

/** `?dryRun=true`: nothing is written, the answer is a RelationPreview. */
export const WriteQuery = z.object({ dryRun: z.enum(['true', 'false']).default('false') });
export type WriteQuery = z.infer<typeof WriteQuery>;

/** Rows in fact written and removed; what was so already counts for neither. */
export const RelationSaved = z
  .object({
    added: z.number().int(),
    removed: z.number().int(),
    /** For the undo; `null`: nothing was changed. */
    changeId: z.string().nullable(),
    undoUntil: z.iso.datetime().nullable(),
  })
  .meta({ id: 'RelationSaved' });
export type RelationSaved = z.infer<typeof RelationSaved>;

/** What a person can do afterwards that he or she could not before, or the other way round. */
export const EffectiveChange = z.object({
  login: z.string(),
  fullName: z.string().nullable(),
  change: z.enum(['gained', 'lost']),
  /** A permission on a group, the use of a service, or the sight of a customer's tickets. */
  what: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('group'), group: GroupEnd, key: z.string() }),
    z.object({ kind: z.literal('service'), service: ServiceEnd }),
    z.object({ kind: z.literal('customer'), customer: CustomerEnd }),
  ]),
});
export type EffectiveChange = z.infer<typeof EffectiveChange>;

export const RelationPreview = z
  .object({
    added: z.number().int(),
    removed: z.number().int(),
    /** People whose rights change. Up to 100 changes are listed; `isComplete` says whether that is all of them. */
    people: Count,
    gained: z.number().int(),
    lost: z.number().int(),
    changes: z.array(EffectiveChange).max(100),
    isComplete: z.boolean(),
  })
  .meta({ id: 'RelationPreview' });
export type RelationPreview = z.infer<typeof RelationPreview>;

/** What a write answers: saved, or with `?dryRun=true` what it would do. */
export const RelationWritten = z.union([RelationSaved, RelationPreview]);
export type RelationWritten = z.infer<typeof RelationWritten>;
