import { excludedPrimary, listedCustomerIds, membershipsOf } from './customer-ids.js';
import { nobody } from './permission-facts.js';
import { aPerson } from './testing/facts.js';

const ids = (person: Parameters<typeof membershipsOf>[0]): string[] => membershipsOf(person).map(({ customerId }) => customerId);

describe('The customers that a person has access through', () => {
  it('are the primary one and those of relations behind it (TK8)', () => {
    const anna = aPerson('anna', { primary: 'C1', assigned: ['C2'] });

    expect(membershipsOf(anna)).toEqual([{ customerId: 'C1', kinds: ['primary'] }, { customerId: 'C2', kinds: ['assigned'] }]);
  });

  it('are without the primary one where the backend excludes it (TK9)', () => {
    const anna = aPerson('anna', { primary: 'C1', assigned: ['C2'], isPrimaryExcluded: true });

    expect(ids(anna)).toEqual(['C2']);
    expect(excludedPrimary(anna)).toBe('C1');
  });

  it('have the excluded primary one back where a relation, in any spelling, or the list names it', () => {
    const related = aPerson('anna', { primary: 'C1', assigned: ['c1'], isPrimaryExcluded: true });
    const listed = aPerson('anna', { primary: 'C1', listed: ['C1'], isPrimaryExcluded: true });

    expect(membershipsOf(related)).toEqual([{ customerId: 'c1', kinds: ['assigned'] }]);
    expect(membershipsOf(listed)).toEqual([{ customerId: 'C1', kinds: ['listed'] }]);
    expect([excludedPrimary(related), excludedPrimary(listed)]).toEqual([null, null]);
  });

  it('begin with the listed ones, trimmed (TK10)', () => {
    expect(ids(aPerson('anna', { listed: listedCustomerIds('A; B ;C'), primary: 'P' }))).toEqual(['A', 'B', 'C', 'P']);
  });

  it('are parted by the first separator only (TK11)', () => {
    expect(ids(aPerson('anna', { listed: listedCustomerIds('A,B;C'), primary: 'P' }))).toEqual(['A,B', 'C', 'P']);
    expect(['a|b', 'a,b|c', ' a ', ''].map(listedCustomerIds)).toEqual([['a', 'b'], ['a', 'b|c'], ['a'], []]);
  });

  it('name each once, with every way to it (TK12)', () => {
    const anna = aPerson('anna', { listed: ['c2'], primary: 'C1', assigned: ['C1', 'C2'] });

    expect(membershipsOf(anna)).toEqual([
      { customerId: 'c2', kinds: ['listed', 'assigned'] },
      { customerId: 'C1', kinds: ['primary', 'assigned'] },
    ]);
  });

  it('are those of relations where nobody knows the login (TK13)', () => {
    expect(ids({ ...nobody('ghost'), assigned: ['C2'] })).toEqual(['C2']);
  });

  it('have no customer without a name, which the helpdesk makes of an empty part (ours)', () => {
    expect(listedCustomerIds('a;;b; ')).toEqual(['a', 'b']);
    expect(ids(aPerson('anna', { primary: '' }))).toEqual([]);
  });

  it('keep a customer that is called 0 (ours)', () => {
    expect(ids(aPerson('anna', { listed: listedCustomerIds('0'), primary: null }))).toEqual(['0']);
  });
});
