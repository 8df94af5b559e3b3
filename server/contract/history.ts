import { z } from 'zod';
import { FieldValue } from './field.js';

/** How long a change of relations can be taken back. */
export const undoMinutes = 30;

export const historySubjects = ['customer-user', 'customer', 'group', 'service'] as const;

/**
 * What changed between the record and another one. `from` and `to` hold permission types where the other one is a group
 * or the record is one, and nothing or `assigned` otherwise.
 */
export const RelationChange = z
  .object({
    kind: z.enum(historySubjects),
    /** The login or the customer ID; of a group and a service its number. */
    key: z.string(),
    /** As it was called then; `null`: nobody knew it. */
    name: z.string().nullable(),
    /** Of a customer's permissions: whose tickets they are about. */
    context: z.string().nullable(),
    from: z.array(z.string()),
    to: z.array(z.string()),
  })
  .meta({ id: 'RelationChange' });
export type RelationChange = z.infer<typeof RelationChange>;

/** One change of one record. Secrets are never among the values: a new password has both sides `null`. */
export const HistoryEntry = z
  .object({
    id: z.string(),
    at: z.iso.datetime(),
    actor: z.object({ kind: z.enum(['agent', 'token', 'system']), login: z.string(), name: z.string() }),
    action: z.enum(['created', 'changed', 'password-changed', 'renamed', 'relations-changed']),
    changes: z.array(
      z.object({
        /** The Map's variable; its label comes from the backend's fields. */
        variable: z.string(),
        from: FieldValue,
        to: FieldValue,
        secret: z.boolean(),
      }),
    ),
    /** With `relations-changed`: the first of them, and how many more there were. */
    relations: z.array(RelationChange),
    moreRelations: z.number().int(),
    /** For the undo, and until when it is open; `null`: it was not a change of relations. */
    changeId: z.string().nullable(),
    undoUntil: z.iso.datetime().nullable(),
    correlationId: z.string(),
  })
  .meta({ id: 'HistoryEntry' });
export type HistoryEntry = z.infer<typeof HistoryEntry>;

export const HistoryQuery = z.object({
  kind: z.enum(historySubjects),
  /** The login or the customer ID; of a group and a service its number. */
  key: z.string().min(1).max(250),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
});
export type HistoryQuery = z.infer<typeof HistoryQuery>;

export const HistoryPage = z
  .object({ items: z.array(HistoryEntry), nextCursor: z.string().nullable() })
  .meta({ id: 'HistoryPage' });
export type HistoryPage = z.infer<typeof HistoryPage>;
