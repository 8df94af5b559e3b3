import { z } from 'zod';
import { FieldDescription } from './field.js';

export const backendKinds = ['customer-user', 'customer'] as const;
export const BackendKind = z.enum(backendKinds);
export type BackendKind = z.infer<typeof BackendKind>;

/** One configured backend, in the order of precedence within its kind. Never holds an address or a secret. */
export const BackendDescription = z
  .object({
    /** The name of its configuration block: `CustomerUser`, `CustomerUser3`, `CustomerCompany`. */
    backendId: z.string(),
    kind: BackendKind,
    title: z.string(),
    driver: z.string(),
    readOnly: z.boolean(),
    /** Customers are looked up and must exist; off: the customer ID is free text. Only for kind `customer-user`. */
    customerSupport: z.boolean(),
    /** Creates a login when none is given. */
    createsLogins: z.boolean(),
    listLimit: z.number().int(),
    fields: z.array(FieldDescription),
  })
  .meta({ id: 'BackendDescription' });
export type BackendDescription = z.infer<typeof BackendDescription>;

export const BackendList = z.object({ items: z.array(BackendDescription) });
export type BackendList = z.infer<typeof BackendList>;

export const BackendProbe = z.object({
  backendId: z.string(),
  state: z.enum(['ok', 'failed']),
  latencyMs: z.number(),
  failure: z.string().nullable(),
});
export type BackendProbe = z.infer<typeof BackendProbe>;
