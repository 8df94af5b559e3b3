import { canHold } from './character-sets.js';

it.each([
  ['utf8mb4', '👍', true],
  ['utf8mb3', '👍', false],
  ['utf8', 'カス €', true],
  ['latin1', 'Zürich € Š', true],
  ['latin1', 'Łódź', false],
  ['ascii', 'Zürich', false],
  ['koi8r', '👍', true],
  [null, '👍', true],
])('a column of %s and %j: %s', (charset, text, isHeld) => {
  expect(canHold(charset, text)).toBe(isHeld);
});
