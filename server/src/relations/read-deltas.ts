import type { CustomersOfGroupDelta, GroupsOfCustomerDelta, GroupsOfPersonDelta, PeopleOfGroupDelta } from '../../contract/grant.js';
import type { CustomersDelta, PeopleDelta } from '../../contract/membership.js';
import type { ServicesDelta } from '../../contract/service.js';
import type { DeltaEntry, RelationDelta, SeenRow } from './relation-delta.js';
import { assigned } from './relation.js';

/** What the API's deltas say, each in its own words, as one kind of thing. */
export const deltas = {
  groupsOfPerson: (login: string, sent: GroupsOfPersonDelta): RelationDelta => ({
    relation: 'customer-user-group',
    anchor: { side: 'owner', key: login },
    ...entriesOf(sent, ({ groupId, key }) => cell(groupId, key), ({ groupId, keys }) => shown(groupId, keys)),
  }),
  peopleOfGroup: (groupId: number, sent: PeopleOfGroupDelta): RelationDelta => ({
    relation: 'customer-user-group',
    anchor: { side: 'target', key: String(groupId) },
    ...entriesOf(sent, ({ login, key }) => cell(login, key), ({ login, keys }) => shown(login, keys)),
  }),
  customersOfPerson: (login: string, sent: CustomersDelta): RelationDelta => ({
    relation: 'customer-user-customer',
    anchor: { side: 'owner', key: login },
    ...entriesOf(sent, ({ customerId }) => cell(customerId, assigned), (seen) => shown(seen.customerId, seen.assigned ? [assigned] : [])),
  }),
  peopleOfCustomer: (customerId: string, sent: PeopleDelta): RelationDelta => ({
    relation: 'customer-user-customer',
    anchor: { side: 'target', key: customerId },
    ...entriesOf(sent, ({ login }) => cell(login, assigned), (seen) => shown(seen.login, seen.assigned ? [assigned] : [])),
  }),
  servicesOfPerson: (login: string, sent: ServicesDelta): RelationDelta => ({
    relation: 'customer-user-service',
    anchor: { side: 'owner', key: login },
    ...entriesOf(sent, ({ serviceId }) => cell(serviceId, assigned), (seen) => shown(seen.serviceId, seen.assigned ? [assigned] : [])),
  }),
  peopleOfService: (serviceId: number, sent: PeopleDelta): RelationDelta => ({
    relation: 'customer-user-service',
    anchor: { side: 'target', key: String(serviceId) },
    ...entriesOf(sent, ({ login }) => cell(login, assigned), (seen) => shown(seen.login, seen.assigned ? [assigned] : [])),
  }),
  groupsOfCustomer: (customerId: string, sent: GroupsOfCustomerDelta): RelationDelta => ({
    relation: 'customer-group',
    anchor: { side: 'owner', key: customerId },
    ...entriesOf(sent, ({ groupId, key, context }) => cell(groupId, key, context), ({ groupId, grants }) => ({ other: String(groupId), cells: grants })),
  }),
  customersOfGroup: (groupId: number, sent: CustomersOfGroupDelta): RelationDelta => ({
    relation: 'customer-group',
    anchor: { side: 'target', key: String(groupId) },
    ...entriesOf(sent, ({ customerId, key, context }) => cell(customerId, key, context), ({ customerId, grants }) => ({ other: customerId, cells: grants })),
  }),
};

function entriesOf<Entry, Seen>(
  sent: { readonly add: readonly Entry[]; readonly remove: readonly Entry[]; readonly seen?: readonly Seen[] | undefined },
  toEntry: (entry: Entry) => DeltaEntry,
  toSeen: (seen: Seen) => SeenRow,
): Pick<RelationDelta, 'add' | 'remove' | 'seen'> {
  return { add: sent.add.map(toEntry), remove: sent.remove.map(toEntry), seen: sent.seen?.map(toSeen) ?? null };
}

function cell(other: string | number, key: string, context = ''): DeltaEntry {
  return { other: String(other), key, context };
}

function shown(other: string | number, keys: readonly string[]): SeenRow {
  return { other: String(other), cells: keys.map((key) => ({ key, context: '' })) };
}
