import { excludedPrimary, membershipsOf } from './customer-ids.js';
import { contextOf, personOf, type PermissionFacts } from './permission-facts.js';
import { customerKeys, directKeys, included, resolveGrants, type Reason } from './resolve-grants.js';

/** What is missing for a right. */
export type Obstacle =
  | { readonly kind: 'group-invalid' }
  | { readonly kind: 'unknown-key' }
  | { readonly kind: 'no-direct-grant'; readonly has: readonly string[] }
  | { readonly kind: 'no-customers' }
  | { readonly kind: 'customer-without-grant'; readonly customerId: string; readonly has: readonly string[] }
  | { readonly kind: 'primary-excluded'; readonly customerId: string }
  | { readonly kind: 'not-always-group' }
  | { readonly kind: 'person-unreachable' };

export interface Explanation {
  readonly isAllowed: boolean;
  readonly reasons: readonly Reason[];
  /** Empty where it is allowed. */
  readonly whyNot: readonly Obstacle[];
}

/** Why somebody has a right on a group, or what would give it. The group must be among the facts. */
export function explain(facts: PermissionFacts, { login, groupId, key }: { login: string; groupId: number; key: string }): Explanation {
  const reasons = resolveGrants(facts).reasons(login, groupId, key);
  if (reasons.length > 0) return { isAllowed: true, reasons, whyNot: [] };
  const group = facts.groups.find((candidate) => candidate.groupId === groupId);
  const isInvalid = group?.validity !== 'valid';
  return { isAllowed: false, reasons, whyNot: isInvalid ? [{ kind: 'group-invalid' }] : obstacles(facts, { login, groupId, key }) };
}

function obstacles(facts: PermissionFacts, { login, groupId, key }: { login: string; groupId: number; key: string }): Obstacle[] {
  const person = personOf(facts, login);
  const ofCustomers = customerKeys(facts, contextOf(facts.settings, 'same'));
  const has = (customerId: string): readonly string[] => inOrder([...ofCustomers(customerId, groupId)], facts);
  const customers = membershipsOf(person);
  const excluded = excludedPrimary(person);
  return [
    ...(facts.settings.keys.includes(key) ? [] : [{ kind: 'unknown-key' } as const]),
    { kind: 'no-direct-grant', has: inOrder([...directKeys(facts)(login, groupId)], facts) },
    ...(person.state === 'unreachable' ? [{ kind: 'person-unreachable' } as const] : []),
    ...(customers.length === 0 && person.state !== 'unreachable' ? [{ kind: 'no-customers' } as const] : []),
    ...customers.map(({ customerId }): Obstacle => ({ kind: 'customer-without-grant', customerId, has: has(customerId) })),
    ...(excluded !== null && wouldGrant(facts, excluded, { groupId, key }) ? [{ kind: 'primary-excluded', customerId: excluded } as const] : []),
    { kind: 'not-always-group' },
  ];
}

function wouldGrant(facts: PermissionFacts, customerId: string, { groupId, key }: { groupId: number; key: string }): boolean {
  const stored = customerKeys(facts, contextOf(facts.settings, 'same'))(customerId, groupId);
  const name = facts.groups.find((group) => group.groupId === groupId)?.name ?? '';
  return included(stored, key).length > 0 || facts.settings.companyAlwaysGroups.includes(name);
}

function inOrder(stored: readonly string[], { settings: { keys } }: PermissionFacts): string[] {
  const place = (key: string): number => (keys.includes(key) ? keys.indexOf(key) : -1);
  return [...stored].sort((one, other) => place(one) - place(other) || (one < other ? -1 : 1));
}
