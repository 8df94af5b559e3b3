import { clamp, placeAfterKey } from './grid-places.js';

const size = { rows: 50, columns: 4 };
const press = (key: string, ctrlKey = false) => ({ key, ctrlKey });

test.each([
  ['ArrowDown', false, { row: 6, column: 2 }],
  ['ArrowUp', false, { row: 4, column: 2 }],
  ['ArrowRight', false, { row: 5, column: 3 }],
  ['ArrowLeft', false, { row: 5, column: 1 }],
  ['PageDown', false, { row: 15, column: 2 }],
  ['PageUp', false, { row: 0, column: 2 }],
  ['Home', false, { row: 5, column: 0 }],
  ['End', false, { row: 5, column: 3 }],
  ['Home', true, { row: 0, column: 0 }],
  ['End', true, { row: 50, column: 3 }],
])('moves by %s (with Ctrl: %s)', (key, ctrlKey, expected) => {
  expect(placeAfterKey({ row: 5, column: 2 }, press(key, ctrlKey), size, false)).toEqual(expected);
});

test('stays inside at the edges', () => {
  expect(placeAfterKey({ row: 50, column: 3 }, press('ArrowDown'), size, false)).toEqual({ row: 50, column: 3 });
  expect(placeAfterKey({ row: 0, column: 0 }, press('ArrowLeft'), size, false)).toEqual({ row: 0, column: 0 });
});

test('goes the other way where one reads from right to left', () => {
  expect(placeAfterKey({ row: 5, column: 2 }, press('ArrowRight'), size, true)).toEqual({ row: 5, column: 1 });
});

test('leaves every other key to the page', () => {
  expect(placeAfterKey({ row: 5, column: 2 }, press('Tab'), size, false)).toBeNull();
});

test('comes back into a list that became shorter', () => {
  expect(clamp({ row: 40, column: 2 }, { rows: 3, columns: 4 })).toEqual({ row: 3, column: 2 });
});
