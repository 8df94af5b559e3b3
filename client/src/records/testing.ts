import type { Customer } from '../../../server/contract/customer.js';
import type { CustomerUser } from '../../../server/contract/customer-user.js';
import type { FieldDescription } from '../../../server/contract/field.js';

export function aField(overrides: Partial<FieldDescription> = {}): FieldDescription {
  return {
    variable: 'UserPhone',
    property: null,
    storage: 'phone',
    label: 'Phone',
    kind: 'text',
    required: false,
    readOnly: false,
    shown: 1,
    maxLength: 150,
    options: null,
    searchable: false,
    ...overrides,
  };
}

export const loginField = aField({ variable: 'UserLogin', property: 'login', label: 'Username', required: true });
export const emailField = aField({ variable: 'UserEmail', property: 'email', label: 'Email', kind: 'email', required: true });
export const phoneField = aField();
export const roomField = aField({ variable: 'UserRoom', label: 'Habitación', kind: 'number' });
export const personFields = [loginField, emailField, phoneField, roomField];

export function aCustomerUser(overrides: Partial<CustomerUser> = {}): CustomerUser {
  return {
    login: 'a.meier',
    backendId: 'CustomerUser',
    email: 'a.meier@acme.example',
    customerId: 'ACME',
    fullName: 'Anna Meier',
    validity: 'valid',
    readOnly: false,
    shadowedBy: null,
    version: '1',
    fields: { UserPhone: '123', UserRoom: 0 },
    created: null,
    changed: null,
    ...overrides,
  };
}

export function aCustomer(overrides: Partial<Customer> = {}): Customer {
  return {
    customerId: 'ACME',
    backendId: 'CustomerCompany',
    name: 'ACME Ltd.',
    validity: 'valid',
    readOnly: false,
    shadowedBy: null,
    version: '1',
    fields: {},
    created: null,
    changed: null,
    ...overrides,
  };
}
