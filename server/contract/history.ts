import { z } from 'zod';
import { FieldValue } from './field.js';

/** One change of one record. Secrets are never among the values: a new password has both sides `null`. */
export const HistoryEntry = z
  .object({
    id: z.string(),
    at: z.iso.datetime(),
    actor: z.object({ kind: z.enum(['agent', 'token', 'system']), login: z.string(), name: z.string() }),
    action: z.enum(['created', 'changed', 'password-changed', 'renamed']),
    changes: z.array(
      z.object({
        /** The Map's variable; its label comes from the backend's fields. */
        variable: z.string(),
        from: FieldValue,
        to: FieldValue,
        secret: z.boolean(),
      }),
    ),
    correlationId: z.string(),
  })
  .meta({ id: 'HistoryEntry' });
export type HistoryEntry = z.infer<typeof HistoryEntry>;

export const historySubjects = ['customer-user', 'customer'] as const;
export const HistoryQuery = z.object({
  kind: z.enum(historySubjects),
  /** The login or the customer ID. */
  key: z.string().min(1).max(250),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
});
export type HistoryQuery = z.infer<typeof HistoryQuery>;

export const HistoryPage = z
  .object({ items: z.array(HistoryEntry), nextCursor: z.string().nullable() })
  .meta({ id: 'HistoryPage' });
export type HistoryPage = z.infer<typeof HistoryPage>;
