import type { BackendDescription } from '../../../server/contract/backend.js';
import { furtherColumns, shownColumns } from './list-columns.js';
import { aField, emailField, loginField, phoneField } from './testing.js';

const room = aField({ variable: 'UserRoom', label: 'Habitación' });

function aBackend(overrides: Partial<BackendDescription> = {}): BackendDescription {
  return {
    backendId: 'CustomerUser',
    kind: 'customer-user',
    title: 'Database',
    driver: 'database',
    readOnly: false,
    customerSupport: true,
    createsLogins: false,
    listLimit: 1000,
    fields: [loginField, emailField, phoneField, room],
    ...overrides,
  };
}

test('shows the column an operator added without being told to', () => {
  const further = furtherColumns('customer-user', [aBackend()]);

  expect(shownColumns(further, undefined)).toEqual([room]);
});

test('offers each field once when two backends have it', () => {
  const further = furtherColumns('customer-user', [aBackend(), aBackend({ backendId: 'CustomerUser1' })]);

  expect(further).toEqual([phoneField, room]);
});

test('shows what was chosen and nothing else', () => {
  const further = furtherColumns('customer-user', [aBackend()]);

  expect(shownColumns(further, ['UserPhone', 'Gone'])).toEqual([phoneField]);
});

test('never offers a password as a column', () => {
  const password = aField({ variable: 'UserPassword2', kind: 'password' });

  expect(furtherColumns('customer-user', [aBackend({ fields: [password] })])).toEqual([]);
});
