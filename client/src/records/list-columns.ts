import type { BackendDescription, BackendKind } from '../../../server/contract/backend.js';
import type { FieldDescription } from '../../../server/contract/field.js';

/** The variables of the helpdesk's default Maps: what else a Map holds is the operator's own, and shown in the list. */
const standardVariables = new Set([
  ...['UserTitle', 'UserFirstname', 'UserLastname', 'UserLogin', 'UserPassword', 'UserEmail', 'UserCustomerID'],
  ...['UserCustomerIDs', 'UserPhone', 'UserFax', 'UserMobile', 'UserStreet', 'UserZip', 'UserCity', 'UserCountry'],
  ...['UserComment', 'CustomerID', 'CustomerCompanyName', 'CustomerCompanyStreet', 'CustomerCompanyZIP'],
  ...['CustomerCompanyCity', 'CustomerCompanyCountry', 'CustomerCompanyURL', 'CustomerCompanyComment', 'ValidID'],
]);

/** Always there in a column of their own, or never in a list. */
const fixedProperties: Record<BackendKind, readonly string[]> = {
  'customer-user': ['login', 'email', 'customerId', 'validity', 'password'],
  customer: ['customerId', 'name', 'validity', 'password'],
};

/** The fields that may be shown as further columns, each once however many backends have it. */
export function furtherColumns(kind: BackendKind, backends: readonly BackendDescription[]): FieldDescription[] {
  const byVariable = new Map<string, FieldDescription>();
  for (const field of backends.flatMap((backend) => backend.fields)) {
    const isFixed = field.property !== null && fixedProperties[kind].includes(field.property);
    if (!isFixed && field.kind !== 'password' && !byVariable.has(field.variable)) byVariable.set(field.variable, field);
  }
  return [...byVariable.values()];
}

/** As chosen; without a choice, the operator's own fields, and of a customer the city. */
export function shownColumns(further: readonly FieldDescription[], chosen: readonly string[] | undefined): FieldDescription[] {
  const isShown = chosen === undefined ? isUsual : ({ variable }: FieldDescription) => chosen.includes(variable);
  return further.filter(isShown);
}

function isUsual({ variable }: FieldDescription): boolean {
  return !standardVariables.has(variable) || variable === 'CustomerCompanyCity';
}
