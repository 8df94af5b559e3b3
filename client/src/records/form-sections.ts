import type { BackendKind } from '../../../server/contract/backend.js';
import type { FieldDescription } from '../../../server/contract/field.js';

export type SectionName = 'person' | 'account' | 'contact' | 'company' | 'address' | 'more';

export interface FormSection {
  readonly name: SectionName;
  readonly fields: readonly FieldDescription[];
}

/** From this many fields on, a form gets a list of its sections to jump by. */
export const longForm = 12;

const order: readonly SectionName[] = ['person', 'account', 'company', 'contact', 'address', 'more'];

const sectionOfProperty: Readonly<Record<string, SectionName>> = {
  login: 'account',
  password: 'account',
  validity: 'account',
  email: 'contact',
  customerId: 'company',
  name: 'company',
};

const sectionOfLabel: Readonly<Record<string, SectionName>> = {
  'Title or salutation': 'person',
  Title: 'person',
  Firstname: 'person',
  Lastname: 'person',
  Phone: 'contact',
  Fax: 'contact',
  Mobile: 'contact',
  URL: 'contact',
  CustomerIDs: 'company',
  Street: 'address',
  Zip: 'address',
  City: 'address',
  Country: 'address',
};

/** Fields in the order of the Map, under the headings a person looks for them; an operator's own come last. */
export function formSections(kind: BackendKind, fields: readonly FieldDescription[]): FormSection[] {
  return order
    .map((name) => ({ name, fields: fields.filter((field) => sectionOf(kind, field) === name) }))
    .filter((section) => section.fields.length > 0);
}

function sectionOf(kind: BackendKind, { property, label }: FieldDescription): SectionName {
  // A customer has no account of its own that could be switched off.
  if (kind === 'customer' && property === 'validity') return 'company';
  const [sections, name] = property === null ? [sectionOfLabel, label] : [sectionOfProperty, property];
  return (Object.hasOwn(sections, name) ? sections[name] : undefined) ?? 'more';
}
