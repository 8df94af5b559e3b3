import { locales as offered } from '../../../server/contract/session.js';
import { bestLocale, localeNames, locales } from './app-locale.js';

test('offers the languages the server knows', () => {
  expect(Object.keys(localeNames)).toEqual([...offered]);
  expect(locales).toEqual(offered);
});

test.each([
  [['pt-BR'], 'pt'],
  [[null, 'de_AT', 'en'], 'de'],
  [['ja', 'fr-CA'], 'fr'],
  [['ja'], 'en'],
  [[], 'en'],
])('picks for the wishes %j the language %s', (wishes, language) => {
  expect(bestLocale(wishes)).toBe(language);
});
