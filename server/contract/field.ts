import { z } from 'zod';

/** A stored value of a mapped field: text, or a number for a field of type `int`. Empty text is `''`. */
export const FieldValue = z.union([z.string(), z.number(), z.null()]);
export type FieldValue = z.infer<typeof FieldValue>;
export const FieldValues = z.record(z.string().max(200), FieldValue);
export type FieldValues = z.infer<typeof FieldValues>;

/** What a person edits a field with. An unknown kind is shown as text. */
export const fieldKinds = ['text', 'multiline', 'number', 'password', 'select', 'validity', 'customer', 'customer-id', 'email'] as const;
export const FieldKind = z.enum(fieldKinds);
export type FieldKind = z.infer<typeof FieldKind>;

/**
 * One row of a backend's Map as the pages need it. `property` names the first-class property of the record that holds
 * the value (`login`, `email`, `customerId`, `validity`, `name`, `password`); `null` means `fields[variable]`.
 */
export const FieldDescription = z
  .object({
    variable: z.string(),
    property: z.string().nullable(),
    /** The column, attribute or dynamic field that holds it. */
    storage: z.string(),
    /** The operator's label. Standard labels of the helpdesk are translated by the client, others shown as they are. */
    label: z.string(),
    kind: FieldKind,
    required: z.boolean(),
    readOnly: z.boolean(),
    /** The Map's element 3: 1 shown with a ticket, 2 only in the short view, 0 neither. */
    shown: z.number().int(),
    maxLength: z.number().int().nullable(),
    options: z.array(z.object({ value: z.string(), label: z.string() })).nullable(),
    searchable: z.boolean(),
  })
  .meta({ id: 'FieldDescription' });
export type FieldDescription = z.infer<typeof FieldDescription>;
