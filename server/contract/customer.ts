import { z } from 'zod';
import { FieldValues } from './field.js';
import { ListQuery, pageOf } from './page.js';
import { Validity } from './validity.js';

export const Customer = z
  .object({
    customerId: z.string(),
    backendId: z.string(),
    name: z.string(),
    validity: Validity,
    readOnly: z.boolean(),
    /** An earlier backend that has the same customer ID: that one's record counts, this one is shown as its shadowed twin. */
    shadowedBy: z.string().nullable(),
    /** Later backends that have the same customer ID too. Only with one record; `null`: one of them does not answer. */
    shadows: z.array(z.string()).nullable().optional(),
    version: z.string(),
    fields: FieldValues,
    created: z.iso.datetime().nullable(),
    changed: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Customer' });
export type Customer = z.infer<typeof Customer>;

const text = z.string().max(10_000);

export const CustomerCreate = z
  .strictObject({
    customerId: text,
    name: text,
    validity: Validity.optional(),
    backendId: z.string().max(50).optional(),
    fields: FieldValues.default({}),
  })
  .meta({ id: 'CustomerCreate' });
export type CustomerCreate = z.infer<typeof CustomerCreate>;

/** The customer ID is not among them: a rename moves everything that names it and is an operation of its own. */
export const CustomerPatch = z
  .strictObject({
    name: text.optional(),
    validity: Validity.optional(),
    fields: FieldValues.optional(),
  })
  .meta({ id: 'CustomerPatch' });
export type CustomerPatch = z.infer<typeof CustomerPatch>;

export const CustomerQuery = ListQuery;
export type CustomerQuery = z.infer<typeof CustomerQuery>;
export const CustomerPage = pageOf(Customer).meta({ id: 'CustomerPage' });
export type CustomerPage = z.infer<typeof CustomerPage>;
