import { readPreferences } from './read-preferences.js';

test('begins with the host’s language, the system’s theme and shortcuts on', () => {
  expect(readPreferences(null)).toEqual({
    locale: null,
    theme: 'system',
    density: 'comfortable',
    singleKeys: true,
    columns: {},
    startsEmpty: false,
  });
});

test('keeps what makes sense of stored preferences and drops the rest', () => {
  const stored = { locale: 'tlh', theme: 'dark', density: 3, singleKeys: false, columns: { customer: ['A'], other: 'B' } };

  const preferences = readPreferences(JSON.stringify(stored));

  expect(preferences).toMatchObject({ locale: null, theme: 'dark', density: 'comfortable', singleKeys: false });
  expect(preferences.columns).toEqual({ customer: ['A'] });
});

test('survives text that is no JSON', () => {
  expect(readPreferences('{').theme).toBe('system');
});
