import { patchBody } from './record-body.js';
import { aCustomerUser, emailField, personFields, phoneField, roomField } from './testing.js';
import { useDraft } from './use-draft.js';

test('sends what was touched and nothing else', () => {
  const draft = useDraft(aCustomerUser());

  draft.change(emailField, 'anna@acme.example');
  draft.change(phoneField, '456');

  expect(patchBody(personFields, draft.edits.value)).toEqual({
    email: 'anna@acme.example',
    fields: { UserPhone: '456' },
  });
});

test('has no changes left when a value is typed back to what is stored', () => {
  const draft = useDraft(aCustomerUser());

  draft.change(phoneField, '456');
  draft.change(phoneField, '123');

  expect(draft.isDirty.value).toBe(false);
  expect(draft.changeCount.value).toBe(0);
});

test('takes 0 for a value and an emptied field for a change', () => {
  const draft = useDraft(aCustomerUser());

  const before = draft.value(roomField);
  draft.change(roomField, null);

  expect(before).toBe(0);
  expect(draft.value(roomField)).toBeNull();
  expect(patchBody(personFields, draft.edits.value)).toEqual({ fields: { UserRoom: null } });
});

test('discards back to what is stored', () => {
  const draft = useDraft(aCustomerUser());
  draft.change(phoneField, '456');

  draft.discard();

  expect(draft.value(phoneField)).toBe('123');
  expect(draft.isDirty.value).toBe(false);
});

test('keeps the typed values when the record below is replaced by a newer one', () => {
  const draft = useDraft(aCustomerUser());
  draft.change(phoneField, '456');

  draft.rebase(aCustomerUser({ version: '2', email: 'new@acme.example' }), draft.edits.value);

  expect(draft.value(phoneField)).toBe('456');
  expect(draft.value(emailField)).toBe('new@acme.example');
});

test('counts a new record as unsaved only when something was typed beyond the prefilled values', () => {
  const draft = useDraft(null);
  draft.begin({ UserCustomerID: 'ACME' });

  const before = draft.isDirty.value;
  draft.change(phoneField, '1');

  expect(before).toBe(false);
  expect(draft.isDirty.value).toBe(true);
});
