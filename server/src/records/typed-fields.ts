import type { FieldValue, FieldValues } from '../../contract/field.js';
import type { Validity } from '../../contract/validity.js';
import { type FieldMap, validityId } from '../backends/index.js';
import type { TypedField } from './validate-fields.js';

export interface TypedRecord {
  /** First-class properties by the role of their variable in the Map; `undefined`: not given. */
  readonly properties: readonly { readonly path: string; readonly variable: string | null; readonly value: FieldValue | undefined }[];
  readonly validity: Validity | undefined;
  readonly fields: FieldValues | undefined;
}

/** A request's properties and fields, each under its variable. What no variable holds keeps an empty one, to be refused. */
export function typedFields({ roles }: FieldMap, { properties, validity, fields }: TypedRecord): TypedField[] {
  const given = properties.flatMap(({ path, variable, value }) => (value === undefined ? [] : [{ path, variable: variable ?? '', value }]));
  const isWithoutValidity = validity === undefined || (roles.validity === null && validity === 'valid');
  const validityGiven = isWithoutValidity ? [] : [{ path: 'validity', variable: roles.validity ?? '', value: validityId(validity) }];
  const others = Object.entries(fields ?? {}).map(([variable, value]) => ({ path: `fields.${variable}`, variable, value }));
  return [...given, ...validityGiven, ...others];
}
