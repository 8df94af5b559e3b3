import { contextCustomers } from './context-customers.js';
import { aGroup, aPerson, bothContexts, ofCustomer, other, someFacts, someSettings, users } from './testing/facts.js';

const anna = aPerson('anna', { primary: 'C1' });
const settings = someSettings({ contexts: bothContexts });
const customers = (facts: Parameters<typeof contextCustomers>[0]): string[] => contextCustomers(facts, 'anna').map(({ customerId }) => customerId);

describe('The customers whose tickets a person sees', () => {
  it('are its own, and those that share a group with the context of other customers (TG14)', () => {
    const facts = someFacts({ settings, people: [anna], ofCustomers: [ofCustomer('C1', 7, 'ro', other), ofCustomer('C2', 7, 'ro'), ofCustomer('C3', 5, 'ro')] });

    expect(contextCustomers(facts, 'anna')).toEqual([
      { customerId: 'C1', memberships: ['primary'], through: [] },
      { customerId: 'C2', memberships: [], through: [{ customerId: 'C1', groupId: 7, key: 'ro' }] },
    ]);
  });

  it('are its own only, where the other context has another type (TG16)', () => {
    const facts = someFacts({ settings, people: [anna], ofCustomers: [ofCustomer('C1', 7, 'move_into', other), ofCustomer('C2', 7, 'ro')] });

    expect(customers(facts)).toEqual(['C1']);
  });

  it('are its own only, while support or that context is off, or the group is invalid', () => {
    const ofCustomers = [ofCustomer('C1', 7, 'rw', other), ofCustomer('C2', 7, 'rw')];
    const facts = someFacts({ settings, people: [anna], ofCustomers });

    expect(customers(facts)).toEqual(['C1', 'C2']);
    expect(customers({ ...facts, settings: { ...settings, isSupportOn: false } })).toEqual(['C1']);
    expect(customers({ ...facts, settings: someSettings() })).toEqual(['C1']);
    expect(customers({ ...facts, groups: [users, aGroup(7, { validity: 'invalid' })] })).toEqual(['C1']);
  });

  it('are told with every way, also where an own customer is seen through another own one', () => {
    const facts = someFacts({
      settings,
      people: [aPerson('anna', { primary: 'C1', assigned: ['C2'] })],
      ofCustomers: [ofCustomer('C1', 7, 'ro', other), ofCustomer('c1', 5, 'rw', other), ofCustomer('C2', 7, 'rw'), ofCustomer('C2', 7, 'ro'), ofCustomer('C2', 5, 'ro')],
    });

    expect(contextCustomers(facts, 'ANNA')[1]).toEqual({
      customerId: 'C2',
      memberships: ['assigned'],
      through: [{ customerId: 'C1', groupId: 7, key: 'ro' }, { customerId: 'C1', groupId: 5, key: 'rw' }],
    });
  });
});
