import { formSections } from './form-sections.js';
import { aField, emailField, loginField, phoneField } from './testing.js';

test('groups the standard fields and puts an operator’s own last', () => {
  const room = aField({ variable: 'UserRoom', label: 'Habitación' });

  const sections = formSections('customer-user', [room, loginField, emailField, phoneField]);

  expect(sections).toEqual([
    { name: 'account', fields: [loginField] },
    { name: 'contact', fields: [emailField, phoneField] },
    { name: 'more', fields: [room] },
  ]);
});

test('loses no field', () => {
  const fields = ['A', 'B', 'Phone', 'City', 'toString'].map((label) => aField({ variable: label, label }));

  const grouped = formSections('customer-user', fields).flatMap((section) => section.fields);

  expect(new Set(grouped)).toEqual(new Set(fields));
});
