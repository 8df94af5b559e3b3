import fc from 'fast-check';
import { contextOf, type CustomerGrant, type DirectGrant, type PermissionFacts } from './permission-facts.js';
import { resolveGrants } from './resolve-grants.js';
import { other, same, someSettings } from './testing/facts.js';

const logins = ['anna', 'ANNA', 'bert', 'zoé'];
const customerIds = ['C1', 'c1', 'C2', 'C3'];
const groupIds = [1, 2, 3];
const keys = ['ro', 'create', 'rw'];

const directGrant: fc.Arbitrary<DirectGrant> = fc.record({
  login: fc.constantFrom(...logins), groupId: fc.constantFrom(...groupIds, 9), key: fc.constantFrom(...keys, 'move_into'),
});
const customerGrant: fc.Arbitrary<CustomerGrant> = fc.record({
  customerId: fc.constantFrom(...customerIds), groupId: fc.constantFrom(...groupIds), key: fc.constantFrom(...keys), context: fc.constantFrom(same, other),
});
const person = (login: string) =>
  fc.record({
    login: fc.constant(login),
    state: fc.constantFrom('known' as const, 'unknown' as const),
    record: fc.constant(null),
    primary: fc.option(fc.constantFrom(...customerIds, '')),
    isPrimaryExcluded: fc.boolean(),
    listed: fc.array(fc.constantFrom(...customerIds), { maxLength: 2 }),
    assigned: fc.array(fc.constantFrom(...customerIds), { maxLength: 2 }),
  });
const groupNames = fc.subarray(['g1', 'g2', 'gone']);
const facts: fc.Arbitrary<PermissionFacts> = fc.record({
  settings: fc.record({
    isSupportOn: fc.constantFrom(true, true, true, false),
    contexts: fc.subarray([{ context: same, name: 'Same', kind: 'same' as const }, { context: other, name: 'Other', kind: 'other' as const }]),
    alwaysGroups: groupNames,
    companyAlwaysGroups: groupNames,
  }).map((changes) => someSettings({ ...changes, keys })),
  groups: fc.tuple(...groupIds.map((groupId) =>
    fc.record({ groupId: fc.constant(groupId), name: fc.constant(`g${groupId}`), validity: fc.constantFrom('valid' as const, 'valid' as const, 'invalid' as const) }),
  )),
  people: fc.tuple(person('Anna'), person('bert'), person('ZOÉ')),
  direct: fc.array(directGrant, { maxLength: 8 }),
  ofCustomers: fc.array(customerGrant, { maxLength: 8 }),
});

const lower = (text: string): string => text.toLowerCase();

/** The helpdesk's formula word by word, slowly, with what we do on purpose: any case, and no customer without a name. */
function effective({ settings, groups, people, direct, ofCustomers }: PermissionFacts, login: string, type: string): number[] {
  const valid = groups.filter(({ validity }) => validity === 'valid');
  if (!settings.isSupportOn) return valid.map(({ groupId }) => groupId);
  const found: number[] = [];
  const own = people.find((candidate) => lower(candidate.login) === lower(login));
  const ids: string[] = [];
  for (const listed of own?.listed ?? []) ids.push(lower(listed));
  if (own?.primary && !own.isPrimaryExcluded) ids.push(lower(own.primary));
  for (const related of own?.assigned ?? []) if (!ids.includes(lower(related))) ids.push(lower(related));
  for (const group of valid) {
    for (const row of direct) {
      if (lower(row.login) === lower(login) && row.groupId === group.groupId && (row.key === type || row.key === 'rw')) found.push(group.groupId);
    }
    for (const id of ids) {
      for (const row of ofCustomers) {
        const isMeant = lower(row.customerId) === id && row.groupId === group.groupId && row.context === contextOf(settings, 'same');
        if (isMeant && (row.key === type || row.key === 'rw')) found.push(group.groupId);
      }
      if (settings.companyAlwaysGroups.includes(group.name)) found.push(group.groupId);
    }
    if (settings.alwaysGroups.includes(group.name)) found.push(group.groupId);
  }
  return [...new Set(found)].sort();
}

/** `anna:1:ro` for all that holds. */
function everyRight(of: PermissionFacts): string[] {
  const grants = resolveGrants(of);
  return of.people.flatMap(({ login }) =>
    grants.ofPerson(login).flatMap(({ group, grants: held }) => held.map(({ key }) => `${lower(login)}:${group.groupId}:${key}`)),
  ).sort();
}

describe('Whatever is stored', () => {
  it('rights are what the helpdesk’s formula says', () => {
    fc.assert(fc.property(facts, (of) => {
      for (const login of [...logins, 'Anna', 'stranger']) {
        for (const key of [...keys, 'move_into']) {
          const held = of.groups.filter(({ groupId }) => resolveGrants(of).reasons(login, groupId, key).length > 0).map(({ groupId }) => groupId);
          expect(held.sort()).toEqual(effective(of, login, key));
        }
      }
    }), { numRuns: 300 });
  });

  it('one right more takes none away', () => {
    fc.assert(fc.property(facts, directGrant, customerGrant, (before, grant, byCustomer) => {
      const after = { ...before, direct: [...before.direct, grant], ofCustomers: [...before.ofCustomers, byCustomer] };

      expect(everyRight(after)).toEqual(expect.arrayContaining(everyRight(before)));
    }));
  });

  it('rw includes every type', () => {
    fc.assert(fc.property(facts, (of) => {
      const held = everyRight(of);
      for (const right of held.filter((candidate) => candidate.endsWith(':rw'))) {
        expect(held).toEqual(expect.arrayContaining(keys.map((key) => right.replace(/rw$/, key))));
      }
    }));
  });

  it('a right is gone when its last reason is, and not before', () => {
    fc.assert(fc.property(facts, fc.constantFrom(...groupIds), fc.constantFrom(...keys), (of, groupId, key) => {
      const reasons = resolveGrants(of).reasons('anna', groupId, key);
      const stored = new Set(['anna', ...of.people.filter(({ login }) => lower(login) === 'anna').flatMap(({ primary, listed, assigned }) => [primary ?? '', ...listed, ...assigned])].map(lower));
      const without = {
        ...of,
        direct: of.direct.filter((row) => !(stored.has(lower(row.login)) && row.groupId === groupId)),
        ofCustomers: of.ofCustomers.filter((row) => !(stored.has(lower(row.customerId)) && row.groupId === groupId)),
      };
      const lasting = reasons.filter(({ kind }) => kind !== 'direct' && kind !== 'customer');

      expect(resolveGrants(without).reasons('anna', groupId, key)).toEqual(lasting);
    }));
  });

  it('order and repetitions of the rows mean nothing', () => {
    const shuffled = facts.chain((of) =>
      fc.tuple(
        fc.constant(of),
        fc.shuffledSubarray([...of.direct, ...of.direct], { minLength: of.direct.length * 2 }),
        fc.shuffledSubarray([...of.ofCustomers, ...of.ofCustomers], { minLength: of.ofCustomers.length * 2 }),
        fc.shuffledSubarray([...of.people], { minLength: of.people.length }),
      ),
    );
    fc.assert(fc.property(shuffled, ([of, direct, ofCustomers, people]) => {
      expect(everyRight({ ...of, direct, ofCustomers, people })).toEqual(everyRight(of));
    }));
  });

  it('the groups of a person and the people of a group agree', () => {
    fc.assert(fc.property(facts, (of) => {
      const grants = resolveGrants(of);
      const fromGroups = of.groups.flatMap(({ groupId }) =>
        grants.ofGroup(groupId).flatMap(({ person: { login }, grants: held }) => held.map(({ key }) => `${lower(login)}:${groupId}:${key}`)),
      );

      expect(fromGroups.sort()).toEqual(everyRight(of));
    }));
  });
});
