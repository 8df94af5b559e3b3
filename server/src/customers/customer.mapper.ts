import type { Customer, CustomerCreate } from '../../contract/customer.js';
import type { FieldMap, OwnedRecord, TwinRecord } from '../backends/index.js';
import { fieldsOf } from '../records/record-fields.js';
import { typedFields } from '../records/typed-fields.js';
import type { TypedField } from '../records/validate-fields.js';

/** Twins are told where they were looked for. */
export function toCustomer({ backend, record, shadowedBy = null, shadows }: OwnedRecord & Partial<TwinRecord>): Customer {
  return {
    customerId: record.key,
    backendId: record.backendId,
    name: record.name,
    validity: record.validity,
    readOnly: backend.writer === null,
    shadowedBy,
    ...(shadows === undefined ? {} : { shadows: shadows && [...shadows] }),
    version: record.version,
    fields: fieldsOf({ backend, record }),
    created: record.created?.toISOString() ?? null,
    changed: record.changed?.toISOString() ?? null,
  };
}

/** What was sent, by the backend's own variables. */
export function fromCustomer(map: FieldMap, sent: Partial<Omit<CustomerCreate, 'backendId'>>): TypedField[] {
  return typedFields(map, {
    properties: [
      { path: 'customerId', variable: map.roles.key, value: sent.customerId },
      { path: 'name', variable: map.roles.name, value: sent.name },
    ],
    validity: sent.validity,
    fields: sent.fields,
  });
}
