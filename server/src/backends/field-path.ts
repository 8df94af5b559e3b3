import type { BackendKind } from '../../contract/backend.js';
import type { FieldRoles } from './field-map.js';

/** The first-class property of the API that holds the variable; `null`: it is one of `fields`. */
export function propertyOf(variable: string, kind: BackendKind, roles: FieldRoles): string | null {
  const properties: readonly (readonly [keyof FieldRoles, string])[] = [
    ['key', kind === 'customer-user' ? 'login' : 'customerId'],
    ['email', 'email'],
    ['customerId', 'customerId'],
    ['name', 'name'],
    ['password', 'password'],
    ['validity', 'validity'],
  ];
  return properties.find(([role]) => roles[role] === variable)?.[1] ?? null;
}

/** Where the variable is in a request body: `login`, `fields.UserPhone`. */
export function pathOf(variable: string, kind: BackendKind, roles: FieldRoles): string {
  return propertyOf(variable, kind, roles) ?? `fields.${variable}`;
}
