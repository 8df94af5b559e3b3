import type { CustomerUser, CustomerUserPatch } from '../../contract/customer-user.js';
import type { Validity } from '../../contract/validity.js';
import type { FieldMap, OwnedRecord, TwinRecord } from '../backends/index.js';
import { fieldsOf, textOf } from '../records/record-fields.js';
import { typedFields } from '../records/typed-fields.js';
import type { TypedField } from '../records/validate-fields.js';

/** Twins are told where they were looked for. */
export function toCustomerUser({ backend, record, shadowedBy = null, shadows }: OwnedRecord & Partial<TwinRecord>): CustomerUser {
  const { roles } = backend.fields;
  return {
    login: record.key,
    backendId: record.backendId,
    email: textOf(record, roles.email),
    customerId: textOf(record, roles.customerId),
    fullName: record.name,
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

/** What was sent, by the backend's own variables; passwords go another way. */
export function fromCustomerUser(map: FieldMap, sent: Omit<CustomerUserPatch, 'password'> & { validity?: Validity | undefined }): TypedField[] {
  const { key, email, customerId } = map.roles;
  return typedFields(map, {
    properties: [
      { path: 'login', variable: key, value: sent.login },
      { path: 'email', variable: email, value: sent.email },
      { path: 'customerId', variable: customerId, value: sent.customerId },
    ],
    validity: sent.validity,
    fields: sent.fields,
  });
}
