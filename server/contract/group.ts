import { z } from 'zod';
import { Count } from './page.js';
import { Validity } from './validity.js';

export const Group = z
  .object({
    groupId: z.number().int(),
    name: z.string(),
    comment: z.string(),
    validity: Validity,
    version: z.string(),
    /** Everybody has it: CustomerGroupAlwaysGroups; everybody with a customer has it: CustomerGroupCompanyAlwaysGroups. */
    always: z.enum(['everybody', 'customers']).nullable(),
  })
  .meta({ id: 'Group' });
export type Group = z.infer<typeof Group>;

/** Where the host keeps groups and services itself, they are read and not written (409 `host.read-only`). */
export const GroupCreate = z
  .strictObject({ name: z.string().max(10_000), comment: z.string().max(10_000).default(''), validity: Validity.default('valid') })
  .meta({ id: 'GroupCreate' });
export type GroupCreate = z.infer<typeof GroupCreate>;
export const GroupPatch = z
  .strictObject({ name: z.string().max(10_000).optional(), comment: z.string().max(10_000).optional(), validity: Validity.optional() })
  .meta({ id: 'GroupPatch' });
export type GroupPatch = z.infer<typeof GroupPatch>;

/** Of groups and services: searched by name, ordered by it. */
export const CatalogueQuery = z.object({
  search: z.string().max(500).optional(),
  validity: z.enum(['valid', 'invalid', 'all']).default('valid'),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  cursor: z.string().max(4000).optional(),
});
export type CatalogueQuery = z.infer<typeof CatalogueQuery>;

export const GroupPage = z
  .object({ items: z.array(Group), nextCursor: z.string().nullable(), count: Count, isWritable: z.boolean() })
  .meta({ id: 'GroupPage' });
export type GroupPage = z.infer<typeof GroupPage>;
