import { explain } from './explain.js';
import { aGroup, aPerson, direct, ofCustomer, someFacts, someSettings, users } from './testing/facts.js';

describe('Why a person has no right', () => {
  const whyNot = (facts: Parameters<typeof explain>[0], key = 'rw', groupId = 7) => explain(facts, { login: 'anna', groupId, key }).whyNot;

  it('names what is stored instead, each customer, and that the group is not for everybody', () => {
    const facts = someFacts({
      people: [aPerson('anna', { primary: 'C1', assigned: ['C2'] })],
      direct: [direct('anna', 7, 'ro')],
      ofCustomers: [ofCustomer('C2', 7, 'ro')],
    });

    expect(explain(facts, { login: 'anna', groupId: 7, key: 'rw' })).toEqual({
      isAllowed: false,
      reasons: [],
      whyNot: [
        { kind: 'no-direct-grant', has: ['ro'] },
        { kind: 'customer-without-grant', customerId: 'C1', has: [] },
        { kind: 'customer-without-grant', customerId: 'C2', has: ['ro'] },
        { kind: 'not-always-group' },
      ],
    });
  });

  it('is the group alone, where it is invalid', () => {
    const facts = someFacts({ groups: [users, aGroup(7, { validity: 'invalid' })], direct: [direct('anna', 7, 'rw')] });

    expect(whyNot(facts)).toEqual([{ kind: 'group-invalid' }]);
  });

  it('tells that there are no customers, and not while the record is out of reach', () => {
    expect(whyNot(someFacts())).toContainEqual({ kind: 'no-customers' });
    const unreachable = whyNot(someFacts({ people: [aPerson('anna', { state: 'unreachable', record: null })] }));
    expect(unreachable).toContainEqual({ kind: 'person-unreachable' });
    expect(unreachable).not.toContainEqual({ kind: 'no-customers' });
  });

  it('names a type of permission that is not configured', () => {
    expect(whyNot(someFacts(), 'create')).toContainEqual({ kind: 'unknown-key' });
  });

  it('names the primary customer that the backend excludes, where it would have helped', () => {
    const people = [aPerson('anna', { primary: 'C1', isPrimaryExcluded: true })];
    const excluded = { kind: 'primary-excluded', customerId: 'C1' };

    expect(whyNot(someFacts({ people, ofCustomers: [ofCustomer('C1', 7, 'rw')] }))).toContainEqual(excluded);
    expect(whyNot(someFacts({ people, settings: someSettings({ companyAlwaysGroups: ['G7'] }) }))).toContainEqual(excluded);
    expect(whyNot(someFacts({ people, ofCustomers: [ofCustomer('C1', 7, 'ro')] }))).not.toContainEqual(excluded);
  });

  it('is empty where the right is there, which has its reasons then', () => {
    expect(explain(someFacts({ direct: [direct('anna', 7, 'rw')] }), { login: 'anna', groupId: 7, key: 'ro' })).toEqual({
      isAllowed: true,
      reasons: [{ kind: 'direct', key: 'rw' }],
      whyNot: [],
    });
  });
});
