import { numberFrom } from './number-from.js';

test.each([
  ['42', 42],
  [' -7 ', -7],
  ['0', 0],
  ['', null],
  ['4e2', '4e2'],
  ['1.5', '1.5'],
  ['12345678901234567890', '12345678901234567890'],
])('reads %j as %j', (text, value) => {
  expect(numberFrom(text)).toBe(value);
});
