import { isListable, replaceListed } from './listed-customers.js';

describe('UserCustomerIDs with one customer ID put in the place of another', () => {
  it.each([
    ['C1', 'C2'],
    ['A;C1;B', 'A;C2;B'],
    ['A; c1 ;B', 'A; C2 ;B'],
    ['C1,C10|C1', 'C2,C10|C1'],
    ['C1|C11', 'C2|C11'],
    ['C1;C1;;', 'C2;C2;;'],
  ])('makes %s %s', (text, expected) => {
    expect(replaceListed(text, 'C1', 'C2')).toBe(expected);
  });

  it.each(['C10', 'A;C10', 'A,C1;B', '', 'AC1'])('leaves %s alone', (text) => {
    expect(replaceListed(text, 'C1', 'C2')).toBeNull();
  });

  it('takes special characters of a new ID as they are', () => {
    expect(replaceListed('A;C1', 'C1', '$& $1')).toBe('A;$& $1');
  });

  it('cannot hold an ID with one of the characters that part it', () => {
    expect(['C2', 'a;b', 'a,b', 'a|b'].map(isListable)).toEqual([true, false, false, false]);
  });
});
