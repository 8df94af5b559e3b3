import { firstPage, firstRowNumber, placeAfter, placeBefore, trailOf } from './cursor-trail.js';

test('walks forward and back over the same pages', () => {
  const second = placeAfter(firstPage, 'c2');
  const third = placeAfter(second, 'c3');

  expect(firstRowNumber(third, 50)).toBe(101);
  expect(placeBefore(third)).toEqual(second);
  expect(placeBefore(second)).toEqual(firstPage);
});

test('does not claim a row number on a page that was reached by an address alone', () => {
  const place = { cursor: 'c9', trail: [] };

  expect(firstRowNumber(place, 50)).toBeNull();
  expect(placeBefore(place)).toEqual(firstPage);
});

test('reads a trail from the history and takes anything else for none', () => {
  expect(trailOf({ trail: [null, 'c2'] })).toEqual([null, 'c2']);
  expect(trailOf({ trail: [1] })).toEqual([]);
  expect(trailOf(null)).toEqual([]);
});
