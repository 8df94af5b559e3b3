import { changeFacts } from './change-facts.js';
import { diffGrants } from './diff-grants.js';
import { aPerson, direct, ofCustomer, other, someFacts } from './testing/facts.js';

const facts = someFacts({
  people: [aPerson('anna', { primary: 'C1' }), aPerson('Bert', { primary: 'C1' })],
  direct: [direct('bert', 7, 'ro')],
  ofCustomers: [ofCustomer('C2', 5, 'ro')],
});
const told = (changes: Parameters<typeof changeFacts>[1]): string[] =>
  diffGrants(facts, changeFacts(facts, changes)).map(({ login, change, group, key }) => `${login} ${change} ${group.name}:${key}`);

describe('What a change does to people', () => {
  it('is told for each of them, as far as they could not do it already', () => {
    expect(told({ ofCustomers: { add: [ofCustomer('c1', 7, 'rw')], remove: [] } })).toEqual(['anna gained G7:ro', 'anna gained G7:rw', 'Bert gained G7:rw']);
  });

  it('is nothing where another reason stays', () => {
    expect(told({ direct: { add: [direct('anna', 1, 'rw')], remove: [] } })).toEqual([]);
    expect(told({ ofCustomers: { add: [ofCustomer('C1', 7, 'rw', other)], remove: [ofCustomer('C9', 5, 'ro')] } })).toEqual([]);
  });

  it('is what is lost with the last reason, in any spelling', () => {
    expect(told({ direct: { add: [], remove: [direct('BERT', 7, 'ro')] } })).toEqual(['Bert lost G7:ro']);
  });

  it('is what a new customer brings', () => {
    expect(told({ assigned: { add: [{ login: 'ANNA', customerId: 'c2' }], remove: [] } })).toEqual(['anna gained G5:ro']);
    const related = changeFacts(facts, { assigned: { add: [{ login: 'anna', customerId: 'C2' }], remove: [] } });
    expect(diffGrants(related, changeFacts(related, { assigned: { add: [], remove: [{ login: 'anna', customerId: 'c2' }] } }))).toHaveLength(1);
  });
});
