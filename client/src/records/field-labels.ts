import { useI18n } from 'vue-i18n';
import type { FieldDescription, FieldValue } from '../../../server/contract/field.js';

/** The helpdesk's own labels, by which an operator's Map calls its standard fields, and their keys in the catalogue. */
export const standardLabels: Readonly<Record<string, string>> = {
  'Title or salutation': 'title',
  Title: 'title',
  Firstname: 'firstname',
  Lastname: 'lastname',
  Username: 'username',
  Password: 'password',
  Email: 'email',
  CustomerID: 'customer-id',
  CustomerIDs: 'customer-ids',
  Customer: 'customer',
  Phone: 'phone',
  Fax: 'fax',
  Mobile: 'mobile',
  Street: 'street',
  Zip: 'zip',
  City: 'city',
  Country: 'country',
  URL: 'url',
  Comment: 'comment',
  Valid: 'valid',
  'Mr.': 'mr',
  'Mrs.': 'mrs',
};

export function useFieldLabels() {
  const { t } = useI18n();

  /** A standard label in the agent's language; the operator's own word as it is. */
  function translated(label: string): string {
    const key = Object.hasOwn(standardLabels, label) ? standardLabels[label] : undefined;
    return key === undefined ? label : t(`fields.label.${key}`);
  }

  return {
    labelOf: (field: Pick<FieldDescription, 'label'>) => translated(field.label),
    optionLabel: translated,
    /** A value as a person reads it. */
    textOf(field: FieldDescription, value: FieldValue): string {
      const text = String(value ?? '');
      if (field.kind === 'validity') return text === '' ? '' : t(`fields.validity.${text}`);
      return translated(field.options?.find((option) => option.value === text)?.label ?? text);
    },
  };
}
