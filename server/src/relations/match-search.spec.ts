import { parseSearch } from '../backends/index.js';
import { matchesSearch } from './match-search.js';

describe('A search in names', () => {
  it.each([
    ['', 'anything'], ['sup', 'Support EU'], ['EU', 'Support EU'], ['s*eu', 'Support EU'], ['"port E"', 'Support EU'],
    ['sup AND !us', 'Support EU'], ['x OR eu', 'Support EU'], ['uber', 'Über uns'], ['ÜBER', 'uber uns'], ['100%', '100% sure'],
  ])('finds by %j %j', (search, name) => {
    expect(matchesSearch(parseSearch(search), [name])).toBe(true);
  });

  it.each([['eu*sup', 'Support EU'], ['s_p', 'Support'], ['sup AND us', 'Support EU'], ['!sup', 'Support EU'], ['%', 'Support']])(
    'does not find by %j %j',
    (search, name) => {
      expect(matchesSearch(parseSearch(search), [name])).toBe(false);
    },
  );

  it('looks at every text it is given, and denies a word only where none has it', () => {
    expect(matchesSearch(parseSearch('anna AND meier'), ['anna', 'Meier'])).toBe(true);
    expect(matchesSearch(parseSearch('!meier'), ['anna', 'Meier'])).toBe(false);
  });

  it('is done with a pattern of many wildcards at once', () => {
    expect(matchesSearch(parseSearch(`${'*a'.repeat(200)}b`), ['a'.repeat(5_000)])).toBe(false);
  });
});
