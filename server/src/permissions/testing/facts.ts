import type { PermissionSettings } from '../../../contract/grant.js';
import type { CustomerGrant, DirectGrant, GroupFact, PermissionFacts, PersonFacts } from '../permission-facts.js';

export const same = 'Ticket::CustomerID::Same';
export const other = 'Ticket::CustomerID::Other';

/** Support on, the helpdesk's defaults otherwise. */
export function someSettings(changes: Partial<PermissionSettings> = {}): PermissionSettings {
  return {
    isSupportOn: true,
    keys: ['ro', 'rw'],
    contexts: [{ context: same, name: 'Same Customer', kind: 'same' }],
    alwaysGroups: ['users'],
    companyAlwaysGroups: ['users'],
    isServiceOn: false,
    ...changes,
  };
}

export const bothContexts: PermissionSettings['contexts'] = [
  { context: same, name: 'Same Customer', kind: 'same' },
  { context: other, name: 'Other Customers', kind: 'other' },
];

export function aPerson(login: string, changes: Partial<PersonFacts> = {}): PersonFacts {
  return {
    login,
    state: 'known',
    record: { fullName: login, email: `${login}@firma.test`, validity: 'valid', backendId: 'CustomerUser' },
    primary: null,
    isPrimaryExcluded: false,
    listed: [],
    assigned: [],
    ...changes,
  };
}

export function aGroup(groupId: number, changes: Partial<GroupFact> = {}): GroupFact {
  return { groupId, name: `G${groupId}`, validity: 'valid', ...changes };
}

export const users = aGroup(1, { name: 'users' });

export function direct(login: string, groupId: number, key: string): DirectGrant {
  return { login, groupId, key };
}

export function ofCustomer(customerId: string, groupId: number, key: string, context = same): CustomerGrant {
  return { customerId, groupId, key, context };
}

export function someFacts(changes: Partial<PermissionFacts> = {}): PermissionFacts {
  return { settings: someSettings(), groups: [users, aGroup(5), aGroup(7)], people: [aPerson('anna')], direct: [], ofCustomers: [], ...changes };
}

/** `G5:ro G5:rw`, as far as tests compare. */
export function rightsOf(grants: readonly { readonly group: GroupFact; readonly grants: readonly { readonly key: string }[] }[]): string {
  return grants.flatMap(({ group, grants: held }) => held.map(({ key }) => `${group.name}:${key}`)).join(' ');
}
