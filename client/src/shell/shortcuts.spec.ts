import { shortcutOf, type KeyPress } from './shortcuts.js';

const on = { singleKeys: true, isGoing: false };
const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isTyping: false,
  ...more,
});

test.each([
  ['/', 'search'],
  ['n', 'new'],
  ['j', 'next-row'],
  ['k', 'previous-row'],
  ['?', 'help'],
])('takes %s for %s', (key, shortcut) => {
  expect(shortcutOf(press(key), on)).toBe(shortcut);
});

test('goes to a list by g and its letter', () => {
  expect(shortcutOf(press('g'), on)).toBe('go');
  expect(shortcutOf(press('u'), { ...on, isGoing: true })).toBe('go-customer-users');
  expect(shortcutOf(press('c'), { ...on, isGoing: true })).toBe('go-customers');
  expect(shortcutOf(press('g'), { ...on, isGoing: true })).toBe('go-groups');
  expect(shortcutOf(press('s'), { ...on, isGoing: true })).toBe('go-services');
  expect(shortcutOf(press('b'), { ...on, isGoing: true })).toBe('go-backends');
  expect(shortcutOf(press('u'), on)).toBeNull();
});

test('leaves every key to the field one types in, but saves from there', () => {
  expect(shortcutOf(press('n', { isTyping: true }), on)).toBeNull();
  expect(shortcutOf(press('s', { ctrlKey: true, isTyping: true }), on)).toBe('save');
  expect(shortcutOf(press('S', { metaKey: true }), on)).toBe('save');
});

test('knows no single key once they are switched off, and saves still', () => {
  const off = { singleKeys: false, isGoing: false };

  expect(shortcutOf(press('/'), off)).toBeNull();
  expect(shortcutOf(press('s', { ctrlKey: true }), off)).toBe('save');
});

test('leaves the browser its own combinations', () => {
  expect(shortcutOf(press('n', { ctrlKey: true }), on)).toBeNull();
  expect(shortcutOf(press('s', { ctrlKey: true, altKey: true }), on)).toBeNull();
});
