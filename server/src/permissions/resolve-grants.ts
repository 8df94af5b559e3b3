import type { MembershipKind } from '../../contract/membership.js';
import { foldKey } from '../kernel/fold-key.js';
import { membershipsOf, type Membership } from './customer-ids.js';
import { contextOf, type GroupFact, type PermissionFacts, type PersonFacts } from './permission-facts.js';

/** One way to a right. `key` is the type that is stored. */
export type Reason =
  | { readonly kind: 'support-off' }
  | { readonly kind: 'always-group' }
  | { readonly kind: 'direct'; readonly key: string }
  | { readonly kind: 'customer'; readonly key: string; readonly customerId: string; readonly memberships: readonly MembershipKind[] }
  | { readonly kind: 'customer-always-group'; readonly customerId: string; readonly memberships: readonly MembershipKind[] };

/** A right that holds, with every reason. */
export interface Grant {
  readonly key: string;
  readonly reasons: readonly Reason[];
}

export interface GroupGrants {
  readonly group: GroupFact;
  readonly grants: readonly Grant[];
}

export interface PersonGrants {
  readonly person: PersonFacts;
  readonly grants: readonly Grant[];
}

/** The same rights, asked from either end. */
export interface Grants {
  /** Why somebody has a right; empty: it is not there. */
  reasons(login: string, groupId: number, key: string): readonly Reason[];
  /** Groups with at least one right, in the order of the facts. */
  ofPerson(login: string): readonly GroupGrants[];
  /** People with at least one right, in the order of the facts. */
  ofGroup(groupId: number): readonly PersonGrants[];
}

/** The types stored for one subject on one group. */
export type StoredKeys = (subject: string, groupId: number) => ReadonlySet<string>;

/**
 * The helpdesk's rule, with the reasons it does not tell: what is stored for the person, what its customers have on
 * their own tickets, and the groups that everybody, or everybody with a customer, has. `rw` includes every type.
 */
export function resolveGrants(facts: PermissionFacts): Grants {
  const { settings } = facts;
  const groups = new Map(facts.groups.map((group) => [group.groupId, group]));
  const people = new Map(facts.people.map((person) => [foldKey(person.login), person]));
  const memberships = new Map([...people].map(([login, person]) => [login, membershipsOf(person)]));
  const direct = byPerson(facts);
  const ofCustomers = byCustomer(facts, contextOf(settings, 'same'));
  const customerWays = new Map<string, ReadonlyMap<number, readonly CustomerWay[]>>();
  const waysOf = (login: string): ReadonlyMap<number, readonly CustomerWay[]> => {
    const ways = customerWays.get(login) ?? waysThrough(memberships.get(login) ?? [], ofCustomers);
    customerWays.set(login, ways);
    return ways;
  };
  const always = new Set(settings.alwaysGroups);
  const customersAlways = new Set(settings.companyAlwaysGroups);

  const reasonsOn = (folded: string, { groupId, name, validity }: GroupFact, key: string): Reason[] => {
    if (validity !== 'valid') return [];
    if (!settings.isSupportOn) return [{ kind: 'support-off' }];
    const customers = memberships.get(folded) ?? [];
    return [
      ...included(direct.get(folded)?.get(groupId) ?? none, key).map((stored): Reason => ({ kind: 'direct', key: stored })),
      ...(waysOf(folded).get(groupId) ?? []).flatMap(({ customer, keys }) =>
        included(keys, key).map((stored): Reason => ({ kind: 'customer', key: stored, ...through(customer) })),
      ),
      ...(customersAlways.has(name) ? customers.map((customer): Reason => ({ kind: 'customer-always-group', ...through(customer) })) : []),
      ...(always.has(name) ? [{ kind: 'always-group' } as const] : []),
    ];
  };
  const grantsOn = (folded: string, group: GroupFact): Grant[] =>
    settings.keys.map((key) => ({ key, reasons: reasonsOn(folded, group, key) })).filter(({ reasons }) => reasons.length > 0);

  return {
    reasons: (login, groupId, key) => {
      const group = groups.get(groupId);
      return group === undefined ? [] : reasonsOn(foldKey(login), group, key);
    },
    ofPerson: (login) => {
      const folded = foldKey(login);
      return [...groups.values()]
        .map((group) => ({ group, grants: grantsOn(folded, group) }))
        .filter(({ grants }) => grants.length > 0);
    },
    ofGroup: (groupId) => {
      const group = groups.get(groupId);
      if (group === undefined) return [];
      return [...people]
        .map(([folded, person]) => ({ person, grants: grantsOn(folded, group) }))
        .filter(({ grants }) => grants.length > 0);
    },
  };
}

/** What is stored for people themselves. */
export function directKeys(facts: PermissionFacts): StoredKeys {
  return lookup(byPerson(facts));
}

/** What is stored for customers in one context; nothing where that context is not configured. */
export function customerKeys(facts: PermissionFacts, context: string | null): StoredKeys {
  return lookup(byCustomer(facts, context));
}

/** Of the stored types, those that `key` follows from: itself and `rw`. */
export function included(stored: ReadonlySet<string>, key: string): string[] {
  return [...new Set([key, 'rw'])].filter((candidate) => stored.has(candidate));
}

const none: ReadonlySet<string> = new Set();

/** By `foldKey` of the subject, then by group. */
type KeysBySubject = ReadonlyMap<string, ReadonlyMap<number, ReadonlySet<string>>>;

/** What one of a person's customers has on a group. */
interface CustomerWay {
  readonly customer: Membership;
  readonly keys: ReadonlySet<string>;
}

function byPerson({ direct }: PermissionFacts): KeysBySubject {
  return bySubject(direct.map(({ login, groupId, key }) => ({ subject: login, groupId, key })));
}

function byCustomer({ ofCustomers }: PermissionFacts, context: string | null): KeysBySubject {
  const rows = ofCustomers.filter((row) => row.context === context);
  return bySubject(rows.map(({ customerId, groupId, key }) => ({ subject: customerId, groupId, key })));
}

function bySubject(rows: readonly { subject: string; groupId: number; key: string }[]): KeysBySubject {
  const subjects = new Map<string, Map<number, Set<string>>>();
  for (const { subject, groupId, key } of rows) {
    const folded = foldKey(subject);
    const byGroup = subjects.get(folded) ?? new Map<number, Set<string>>();
    subjects.set(folded, byGroup.set(groupId, (byGroup.get(groupId) ?? new Set()).add(key)));
  }
  return subjects;
}

function lookup(keys: KeysBySubject): StoredKeys {
  return (subject, groupId) => keys.get(foldKey(subject))?.get(groupId) ?? none;
}

/** By group, in the order of the customers: who has many customers has few rows on most groups. */
function waysThrough(customers: readonly Membership[], ofCustomers: KeysBySubject): ReadonlyMap<number, readonly CustomerWay[]> {
  const ways = new Map<number, CustomerWay[]>();
  for (const customer of customers) {
    for (const [groupId, keys] of ofCustomers.get(foldKey(customer.customerId)) ?? []) {
      const known = ways.get(groupId);
      if (known === undefined) ways.set(groupId, [{ customer, keys }]);
      else known.push({ customer, keys });
    }
  }
  return ways;
}

function through({ customerId, kinds }: Membership): { customerId: string; memberships: readonly MembershipKind[] } {
  return { customerId, memberships: kinds };
}
