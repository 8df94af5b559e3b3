import type { BackendKind } from '../../../server/contract/backend.js';
import type { Customer } from '../../../server/contract/customer.js';
import type { CustomerUser } from '../../../server/contract/customer-user.js';
import type { FieldDescription, FieldValue } from '../../../server/contract/field.js';

/** Customer users and customers share every screen; where they differ, they differ by what is in this file. */
export type StoredRecord = CustomerUser | Customer;

/** The collection of a kind, in the API and in the addresses of the pages alike. */
export const collectionOf: Record<BackendKind, string> = { 'customer-user': 'customer-users', customer: 'customers' };

/** The pages of a record, in their order: itself, whom and what it is related to, and what became of it. */
export const tabsOf: Record<BackendKind, readonly string[]> = {
  'customer-user': ['details', 'customers', 'groups', 'services', 'access', 'history'],
  customer: ['details', 'customer-users', 'groups', 'history'],
};

export function keyOf(record: StoredRecord): string {
  return 'login' in record ? record.login : record.customerId;
}

export function nameOf(record: StoredRecord): string {
  return 'login' in record ? record.fullName : record.name;
}

/** Where a record is shown; with `backendId` the one that this backend holds, whoever owns the key. */
export function pathOfRecord(kind: BackendKind, record: StoredRecord, backendId: string | null = null, tab = 'details'): string {
  const query = backendId === null ? '' : `?backend=${encodeURIComponent(backendId)}`;
  return `/${collectionOf[kind]}/${encodeURIComponent(keyOf(record))}/${tab}${query}`;
}

/** What the field shows of a record; empty where nothing is stored. */
export function storedValue(record: StoredRecord, field: FieldDescription): FieldValue {
  if (field.property === null) return record.fields[field.variable] ?? '';
  const value: unknown = Reflect.get(record, field.property);
  return typeof value === 'string' || typeof value === 'number' ? value : '';
}

export function isKeyField(kind: BackendKind, field: FieldDescription): boolean {
  return field.property === (kind === 'customer-user' ? 'login' : 'customerId');
}

/** `null`, nothing given and empty text look the same to the person at the form; `0` is a value. */
export function isSameValue(one: FieldValue | undefined, other: FieldValue | undefined): boolean {
  return String(one ?? '') === String(other ?? '');
}
