import { z } from 'zod';
import { FieldValues } from './field.js';
import { ListQuery, pageOf } from './page.js';
import { Validity } from './validity.js';

export const CustomerUser = z
  .object({
    login: z.string(),
    backendId: z.string(),
    email: z.string(),
    customerId: z.string(),
    fullName: z.string(),
    validity: Validity,
    readOnly: z.boolean(),
    /** An earlier backend that has the same login: that one's record counts, this one is shown as its shadowed twin. */
    shadowedBy: z.string().nullable(),
    /** Later backends that have the same login too. Only with one record; `null`: one of them does not answer. */
    shadows: z.array(z.string()).nullable().optional(),
    /** Opaque; sent back as `If-Match: "<version>"`. Changes with every stored change of the record. */
    version: z.string(),
    /** Everything else the operator maps, by the Map's own variable. */
    fields: FieldValues,
    /** `null` where the table keeps no record of it (ForeignDB). UTC. */
    created: z.iso.datetime().nullable(),
    changed: z.iso.datetime().nullable(),
  })
  .meta({ id: 'CustomerUser' });
export type CustomerUser = z.infer<typeof CustomerUser>;

const text = z.string().max(10_000);
const password = z.string().min(1).max(100);

export const CustomerUserCreate = z
  .strictObject({
    login: text.optional(),
    email: text,
    customerId: text,
    validity: Validity.optional(),
    password: password.optional(),
    backendId: z.string().max(50).optional(),
    fields: FieldValues.default({}),
  })
  .meta({ id: 'CustomerUserCreate' });
export type CustomerUserCreate = z.infer<typeof CustomerUserCreate>;

export const CustomerUserPatch = z
  .strictObject({
    login: text.optional(),
    email: text.optional(),
    customerId: text.optional(),
    validity: Validity.optional(),
    password: password.optional(),
    fields: FieldValues.optional(),
    /** With another customer: whether the person's tickets under the old one follow. As in the helpdesk they do. */
    moveTickets: z.boolean().optional(),
  })
  .meta({ id: 'CustomerUserPatch' });
export type CustomerUserPatch = z.infer<typeof CustomerUserPatch>;

/** `generatedPassword` is there once, in the answer that made it, and nowhere else ever. */
export const CustomerUserCreated = CustomerUser.extend({ generatedPassword: z.string().optional() }).meta({
  id: 'CustomerUserCreated',
});
export type CustomerUserCreated = z.infer<typeof CustomerUserCreated>;

/** Without a password one is generated. */
export const PasswordChange = z.strictObject({ password: password.optional() }).meta({ id: 'PasswordChange' });
export type PasswordChange = z.infer<typeof PasswordChange>;
export const PasswordChanged = z
  .object({ version: z.string(), generatedPassword: z.string().optional() })
  .meta({ id: 'PasswordChanged' });
export type PasswordChanged = z.infer<typeof PasswordChanged>;

export const CustomerUserQuery = ListQuery.extend({
  /** Exact, without wildcards, in any case. */
  customerId: z.string().max(200).optional(),
  /** Exact mail address, in any case. */
  email: z.string().max(320).optional(),
});
export type CustomerUserQuery = z.infer<typeof CustomerUserQuery>;

export const CustomerUserPage = pageOf(CustomerUser).meta({ id: 'CustomerUserPage' });
export type CustomerUserPage = z.infer<typeof CustomerUserPage>;
