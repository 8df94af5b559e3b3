import type { Component } from 'vue';
import type { FieldKind } from '../../../../server/contract/field.js';
import CustomerField from './CustomerField.vue';
import CustomerIdField from './CustomerIdField.vue';
import EmailField from './EmailField.vue';
import MultilineField from './MultilineField.vue';
import NumberField from './NumberField.vue';
import SelectField from './SelectField.vue';
import TextField from './TextField.vue';
import ValidityField from './ValidityField.vue';

/** What each kind of field is edited with. A new kind: its component and its line here. */
const components: Readonly<Partial<Record<FieldKind, Component>>> = {
  text: TextField,
  multiline: MultilineField,
  number: NumberField,
  select: SelectField,
  validity: ValidityField,
  customer: CustomerField,
  'customer-id': CustomerIdField,
  email: EmailField,
};

/** A server newer than these pages may send a kind they do not know: it is edited as text, never left out. */
export function fieldComponent(kind: FieldKind): Component {
  const component = components[kind];
  if (component !== undefined) return component;
  console.warn(`There is no field for the kind "${kind}"; it is shown as text.`);
  return TextField;
}
