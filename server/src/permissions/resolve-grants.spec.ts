import { resolveGrants } from './resolve-grants.js';
import { aGroup, aPerson, direct, ofCustomer, other, rightsOf, same, someFacts, someSettings, users } from './testing/facts.js';

describe('What a person may do in each group', () => {
  it('is everything in every valid group while support is off (TG1)', () => {
    const facts = someFacts({ settings: someSettings({ isSupportOn: false }), groups: [users, aGroup(5), aGroup(7, { validity: 'invalid' })] });

    const grants = resolveGrants(facts);

    expect(rightsOf(grants.ofPerson('anna'))).toBe('users:ro users:rw G5:ro G5:rw');
    expect(grants.reasons('whoever', 5, 'move_into')).toEqual([{ kind: 'support-off' }]);
  });

  it('is what everybody has, where nothing is stored (TG2)', () => {
    expect(resolveGrants(someFacts()).ofPerson('anna')).toEqual([
      {
        group: users,
        grants: [{ key: 'ro', reasons: [{ kind: 'always-group' }] }, { key: 'rw', reasons: [{ kind: 'always-group' }] }],
      },
    ]);
  });

  it('is ro and rw where rw is stored (TG3)', () => {
    const grants = resolveGrants(someFacts({ direct: [direct('anna', 5, 'rw')] }));

    expect(rightsOf(grants.ofPerson('anna'))).toBe('users:ro users:rw G5:ro G5:rw');
    expect(grants.reasons('anna', 5, 'ro')).toEqual([{ kind: 'direct', key: 'rw' }]);
  });

  it('is ro only where ro is stored (TG4)', () => {
    expect(rightsOf(resolveGrants(someFacts({ direct: [direct('anna', 5, 'ro')] })).ofPerson('anna'))).toBe('users:ro users:rw G5:ro');
  });

  it('is nothing in an invalid group (TG5)', () => {
    const facts = someFacts({ groups: [users, aGroup(5, { validity: 'invalid-temporarily' })], direct: [direct('anna', 5, 'rw')] });

    expect(rightsOf(resolveGrants(facts).ofPerson('anna'))).toBe('users:ro users:rw');
  });

  it('is what the primary customer has on its own tickets (TG6)', () => {
    const facts = someFacts({ people: [aPerson('anna', { primary: 'C1' })], ofCustomers: [ofCustomer('C1', 7, 'rw')] });

    const grants = resolveGrants(facts);

    expect(rightsOf(grants.ofPerson('anna'))).toBe('users:ro users:rw G7:ro G7:rw');
    expect(grants.reasons('anna', 7, 'ro')).toEqual([{ kind: 'customer', key: 'rw', customerId: 'C1', memberships: ['primary'] }]);
  });

  it('is the same for a person who is only related to the customer (TG7)', () => {
    const facts = someFacts({ people: [aPerson('anna', { assigned: ['c1'] })], ofCustomers: [ofCustomer('C1', 7, 'rw')] });

    expect(resolveGrants(facts).reasons('anna', 7, 'rw')).toEqual([{ kind: 'customer', key: 'rw', customerId: 'c1', memberships: ['assigned'] }]);
  });

  it('has every reason of a right, the direct one first', () => {
    const facts = someFacts({
      people: [aPerson('anna', { primary: 'C1', assigned: ['C2'] })],
      direct: [direct('ANNA', 1, 'ro'), direct('anna', 1, 'rw'), direct('anna', 1, 'rw')],
      ofCustomers: [ofCustomer('C2', 1, 'ro')],
    });

    expect(resolveGrants(facts).reasons('anna', 1, 'ro')).toEqual([
      { kind: 'direct', key: 'ro' },
      { kind: 'direct', key: 'rw' },
      { kind: 'customer', key: 'ro', customerId: 'C2', memberships: ['assigned'] },
      { kind: 'customer-always-group', customerId: 'C1', memberships: ['primary'] },
      { kind: 'customer-always-group', customerId: 'C2', memberships: ['assigned'] },
      { kind: 'always-group' },
    ]);
  });

  it('is nothing by what a customer has on tickets of others', () => {
    const facts = someFacts({ people: [aPerson('anna', { primary: 'C1' })], ofCustomers: [ofCustomer('C1', 7, 'rw', other)] });

    expect(resolveGrants(facts).reasons('anna', 7, 'ro')).toEqual([]);
  });

  it('is nothing by customers at all where the context of the same customer is not configured', () => {
    const facts = someFacts({
      settings: someSettings({ contexts: [] }),
      people: [aPerson('anna', { primary: 'C1' })],
      ofCustomers: [ofCustomer('C1', 7, 'rw', same), ofCustomer('C1', 7, 'rw', '')],
    });

    expect(resolveGrants(facts).reasons('anna', 7, 'ro')).toEqual([]);
  });

  it('does not get ro from another type, nor rw from everything else together', () => {
    const facts = someFacts({ settings: someSettings({ keys: ['ro', 'create', 'rw'] }), direct: [direct('anna', 5, 'create'), direct('anna', 7, 'ro')] });

    expect(rightsOf(resolveGrants(facts).ofPerson('anna'))).toBe('users:ro users:create users:rw G5:create G7:ro');
  });

  it('is rw on users for everybody by default (TG17)', () => {
    expect(resolveGrants(someFacts()).reasons('nobody knows me', 1, 'rw')).toEqual([{ kind: 'always-group' }]);
  });

  it('is not changed by an always group that does not exist (TG18)', () => {
    const facts = someFacts({ settings: someSettings({ alwaysGroups: ['gone'], companyAlwaysGroups: ['gone', 'G5'] }) });

    expect(rightsOf(resolveGrants(facts).ofPerson('anna'))).toBe('');
    expect(rightsOf(resolveGrants({ ...facts, people: [aPerson('anna', { primary: 'no such company' })] }).ofPerson('anna'))).toBe('G5:ro G5:rw');
  });
});

describe('Who may do something in a group', () => {
  it('are people by their primary, listed and related customers, and by the groups of everybody (TG12, ours)', () => {
    const facts = someFacts({
      people: [
        aPerson('anna', { primary: 'C1' }), aPerson('bert', { listed: ['c1'] }), aPerson('carl', { assigned: ['C1'] }), aPerson('dora', { primary: 'C2' }),
      ],
      ofCustomers: [ofCustomer('C1', 7, 'ro')],
    });

    const grants = resolveGrants(facts);

    expect(grants.ofGroup(7).map(({ person }) => person.login)).toEqual(['anna', 'bert', 'carl']);
    expect(grants.ofGroup(1).map(({ person }) => person.login)).toEqual(['anna', 'bert', 'carl', 'dora']);
  });

  it('are also an invalid person and a login nobody knows, who still have what is stored (TG13, ours)', () => {
    const invalid = aPerson('anna', { record: { fullName: 'Anna', email: '', validity: 'invalid', backendId: 'CustomerUser' } });
    const facts = someFacts({ people: [invalid, aPerson('ghost', { state: 'unknown', record: null })], direct: [direct('anna', 7, 'ro'), direct('ghost', 7, 'rw')] });

    expect(resolveGrants(facts).ofGroup(7).map(({ person, grants }) => [person.login, ...grants.map(({ key }) => key)])).toEqual([
      ['anna', 'ro'], ['ghost', 'ro', 'rw'],
    ]);
  });

  it('is nobody in a group that is not known', () => {
    expect([resolveGrants(someFacts()).ofGroup(99), resolveGrants(someFacts()).reasons('anna', 99, 'ro')]).toEqual([[], []]);
  });
});
