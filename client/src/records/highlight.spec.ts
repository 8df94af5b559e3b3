import { highlight, searchedWords } from './highlight.js';

test.each([
  ['meier', ['meier']],
  ['anna+meier', ['anna', 'meier']],
  ['anna AND !meier', ['anna']],
  ['anna OR "van der Berg"', ['anna', 'van der Berg']],
  ['ann* *eier', ['ann', 'eier']],
  ['*!smith*', []],
  ['john smith', ['john smith']],
  ['*', []],
])('finds in the search %s the words to mark', (search, words) => {
  expect(searchedWords(search)).toEqual(words);
});

test('marks every match in any case and keeps the text whole', () => {
  const parts = highlight('Anna Meier, annabel', ['anna']);

  expect(parts.map((part) => part.text).join('')).toBe('Anna Meier, annabel');
  expect(parts.filter((part) => part.isMatch).map((part) => part.text)).toEqual(['Anna', 'anna']);
});

test('takes signs of the search for text', () => {
  const parts = highlight('a.b (c) [d] 50% x-y', ['.', '(c)', '[d]', '50%', 'x-y']);

  expect(parts.filter((part) => part.isMatch).map((part) => part.text)).toEqual(['.', '(c)', '[d]', '50%', 'x-y']);
});
