import type { BackendDescription } from '../../contract/backend.js';
import type { FieldDescription, FieldKind } from '../../contract/field.js';
import type { Backend } from './backend.js';
import { isSecret, type FieldMapRow } from './field-map.js';
import { propertyOf } from './field-path.js';

/** What the pages need to know of a backend. Never an address or a secret. */
export function describeBackend(backend: Backend): BackendDescription {
  return {
    backendId: backend.id,
    kind: backend.kind,
    title: backend.title,
    driver: backend.driver,
    readOnly: backend.writer === null,
    customerSupport: backend.settings.customerSupport,
    createsLogins: backend.settings.loginPrefix !== null,
    listLimit: backend.traits.listLimit,
    fields: backend.fields.rows
      .filter((row) => row.variable === backend.fields.roles.password || !isSecret(backend.fields, row))
      .map((row) => describeField(row, backend)),
  };
}

function describeField(row: FieldMapRow, backend: Backend): FieldDescription {
  const property = propertyOf(row.variable, backend.kind, backend.fields.roles);
  return {
    variable: row.variable,
    property,
    storage: row.storage,
    label: row.label,
    kind: kindOf(row, property, backend),
    required: row.isRequired,
    readOnly: row.isReadOnly,
    shown: row.shown,
    maxLength: property === 'password' ? null : row.maxLength,
    options: row.options === null ? null : [...row.options],
    searchable: row.isSearchable,
  };
}

function kindOf(row: FieldMapRow, property: string | null, backend: Backend): FieldKind {
  if (property === 'password' || property === 'validity' || property === 'email') return property;
  if (property === 'customerId' && backend.kind === 'customer-user') return backend.settings.customerSupport ? 'customer' : 'customer-id';
  if (row.options !== null) return 'select';
  if (row.type === 'integer') return 'number';
  return property === null && row.isMultiline ? 'multiline' : 'text';
}
