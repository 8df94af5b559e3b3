import { changesOf, columnState, isFree, isTicked, noEdits, savedRow, setColumn, toggle } from './relation-edits.js';
import { assigned } from './relation-row.js';
import { aRow, ro, rw } from './testing.js';

test('counts nothing when a box is ticked and unticked again', () => {
  const row = aRow();

  const edits = toggle(toggle(noEdits, row, ro), row, ro);

  expect(edits.size).toBe(0);
});

test('shows the smaller permission as included in rw, and leaves it alone', () => {
  const row = aRow({ stored: [ro] });

  const edits = toggle(noEdits, row, rw);

  expect(isTicked(edits, row, ro)).toBe(true);
  expect(isFree(edits, row, ro)).toBe(false);
  expect(changesOf(edits).map(({ action, cell }) => [action, cell.key])).toEqual([['add', 'rw']]);
});

test('gives the smaller permission back as it was when rw is unticked before saving', () => {
  const row = aRow({ stored: [ro] });

  const edits = toggle(toggle(noEdits, row, rw), row, rw);

  expect(edits.size).toBe(0);
  expect(isTicked(edits, row, ro)).toBe(true);
});

test('changes rw to ro as one grant and one withdrawal', () => {
  const row = aRow({ stored: [rw] });

  const edits = toggle(toggle(noEdits, row, rw), row, ro);

  expect(changesOf(edits).map(({ action, cell }) => `${action} ${cell.key}`).sort()).toEqual(['add ro', 'remove rw']);
});

test('has only rw once rw is saved, because it takes the place of the smaller ones', () => {
  const row = aRow({ stored: [ro] });

  expect(savedRow(toggle(noEdits, row, rw), row).stored).toEqual([rw]);
});

test('lets rw of one context include nothing of another', () => {
  const same = { key: 'ro', context: 'Same' };
  const other = { key: 'rw', context: 'Other' };
  const row = aRow({ shape: 'grants' });

  expect(isTicked(toggle(noEdits, row, other), row, same)).toBe(false);
});

test('ticks a column of the loaded rows but not what comes from elsewhere or is included already', () => {
  const rows = [aRow({ key: 'a' }), aRow({ key: 'b', stored: [rw] }), aRow({ key: 'c', stored: [ro] })];

  const edits = setColumn(noEdits, rows, ro, true);

  expect([...edits.keys()]).toEqual(['a']);
  expect(columnState(edits, rows, ro)).toBe('all');
  expect(columnState(edits, rows, rw)).toBe('some');
});

test('never touches a membership that comes from the record', () => {
  const row = aRow({ shape: 'assigned', isFixed: true });

  const edits = setColumn(noEdits, [row], assigned, false);

  expect(edits.size).toBe(0);
  expect(isTicked(edits, row, assigned)).toBe(true);
});
