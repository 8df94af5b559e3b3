import type { BackendKind, BackendProbe, ProbeWarning } from '../../contract/backend.js';
import type { InspectedRow } from './backend-driver.js';
import type { FieldMap } from './field-map.js';

type Warning = BackendProbe['rows'][number]['warnings'][number];

/** In characters: the narrowest columns of the helpdesk's that name a login (`group_customer_user.user_id`) or a customer. */
const longest: Readonly<Record<BackendKind, number>> = { 'customer-user': 100, customer: 150 };

/** What an operator should know of a record before people miss it. */
export function probeWarnings({ raw, values, unreadable }: InspectedRow, { rows, roles }: FieldMap, kind: BackendKind): Warning[] {
  const isEmpty = (variable: string | null): boolean => variable !== null && (values[variable] ?? '') === '';
  const withoutKey: ProbeWarning = kind === 'customer' ? 'without-customer' : 'without-login';
  const unreadableNames = new Set(unreadable.map(folded));
  const valuesOf = new Map(Object.entries(raw).map(([name, texts]) => [folded(name), texts]));
  return [
    ...(isEmpty(roles.key) ? [{ code: withoutKey, variable: roles.key }] : []),
    ...(isEmpty(roles.email) ? [{ code: 'without-email' as const, variable: roles.email }] : []),
    ...(isEmpty(roles.customerId) ? [{ code: 'without-customer' as const, variable: roles.customerId }] : []),
    ...([...String(values[roles.key] ?? '')].length > longest[kind] ? [{ code: 'too-long' as const, variable: roles.key }] : []),
    ...rows.flatMap(({ variable, storage }): Warning[] => [
      ...(unreadableNames.has(folded(storage)) ? [{ code: 'encoding' as const, variable }] : []),
      ...((valuesOf.get(folded(storage))?.length ?? 0) > 1 && variable !== manyValued ? [{ code: 'several-values' as const, variable }] : []),
    ]),
  ];
}

/** All of its values are used. */
const manyValued = 'UserCustomerIDs';

function folded(name: string): string {
  return name.toLowerCase();
}
