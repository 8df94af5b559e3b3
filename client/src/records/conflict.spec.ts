import { conflictRows, isDecided, resolveConflict } from './conflict.js';
import { aCustomerUser, emailField, personFields, phoneField } from './testing.js';

const base = aCustomerUser();
const stored = aCustomerUser({ version: '2', email: 'theirs@acme.example', fields: { UserPhone: '789', UserRoom: 0 } });

test('shows yours, theirs and the base of a field both changed', () => {
  const rows = conflictRows(personFields, { base, edits: { UserEmail: 'mine@acme.example' } }, stored);

  expect(rows[0]).toEqual({
    field: emailField,
    yours: 'mine@acme.example',
    stored: 'theirs@acme.example',
    base: 'a.meier@acme.example',
    isDisputed: true,
  });
});

test('tells what somebody else changed meanwhile without asking about it', () => {
  const rows = conflictRows(personFields, { base, edits: { UserEmail: 'mine@acme.example' } }, stored);

  expect(rows[1]).toMatchObject({ field: phoneField, yours: undefined, stored: '789', isDisputed: false });
  expect(isDecided(rows, { UserEmail: 'yours' })).toBe(true);
});

test('asks for a decision before it lets one save', () => {
  const rows = conflictRows(personFields, { base, edits: { UserEmail: 'mine@acme.example' } }, stored);

  expect(isDecided(rows, {})).toBe(false);
});

test('saves only the fields decided for oneself and the fields nobody else touched', () => {
  const edits = { UserEmail: 'mine@acme.example', UserPhone: '1', UserRoom: 5 };
  const rows = conflictRows(personFields, { base, edits }, stored);

  const remaining = resolveConflict(edits, rows, { UserEmail: 'stored', UserPhone: 'yours' });

  expect(remaining).toEqual({ UserPhone: '1', UserRoom: 5 });
});

test('has nothing to ask where both typed the same', () => {
  const edits = { UserEmail: 'theirs@acme.example' };
  const rows = conflictRows(personFields, { base, edits }, stored);

  expect(rows.some((row) => row.isDisputed)).toBe(false);
  expect(resolveConflict(edits, rows, {})).toEqual({});
});
