import { changeAt, deltaOf } from './relation-delta.js';
import { conflictsOf, resolveConflicts } from './relation-conflict.js';
import { changesOf, noEdits, toggle } from './relation-edits.js';
import { refusedRows } from './relation-refusal.js';
import { assigned } from './relation-row.js';
import { aRow, ro, rw } from './testing.js';

const eu = aRow();
const us = aRow({ key: '8', identity: { groupId: 8 }, stored: [ro] });

test('sends what was touched and nothing else, with what the page showed of it', () => {
  const edits = toggle(toggle(noEdits, eu, rw), us, ro);

  const { body } = deltaOf(edits);

  expect(body).toEqual({
    add: [{ groupId: 7, key: 'rw' }],
    remove: [{ groupId: 8, key: 'ro' }],
    seen: [
      { groupId: 7, keys: [] },
      { groupId: 8, keys: ['ro'] },
    ],
  });
});

test('says contexts of customers, and of memberships only whose they are', () => {
  const grant = aRow({ shape: 'grants', identity: { customerId: 'ACME' } });
  const membership = aRow({ shape: 'assigned', identity: { login: 'anna' }, stored: [assigned] });

  expect(deltaOf(toggle(noEdits, grant, { key: 'ro', context: 'Same' })).body).toEqual({
    add: [{ customerId: 'ACME', key: 'ro', context: 'Same' }],
    remove: [],
    seen: [{ customerId: 'ACME', grants: [] }],
  });
  expect(deltaOf(toggle(noEdits, membership, assigned)).body).toEqual({ add: [], remove: [{ login: 'anna' }], seen: [{ login: 'anna', assigned: true }] });
});

test('finds the row that a refusal names by its place, and names it', () => {
  const delta = deltaOf(toggle(toggle(noEdits, eu, rw), us, rw));

  const refused = refusedRows(delta, [{ path: 'add.1.groupId', code: 'invalid' }]);

  expect(refused.map(({ row, sentence }) => [row?.key, sentence.key])).toEqual([['8', 'relations.refused.row.invalid']]);
  expect(changeAt(delta, 'remove.0.groupId')).toBeNull();
});

test('says of the person itself what the server says of the person', () => {
  const refused = refusedRows(deltaOf(toggle(noEdits, eu, rw)), [{ path: 'login', code: 'invalid' }]);

  expect(refused).toMatchObject([{ row: null, sentence: { key: 'relations.refused.self.invalid' } }]);
});

describe('Somebody else changed the same group meanwhile', () => {
  const edits = toggle(noEdits, eu, ro);
  const conflicts = conflictsOf(deltaOf(edits), [{ path: 'add.0', code: 'relation-changed', params: { key: 'rw', seen: false, stored: true, wanted: false } }]);
  const id = conflicts[0]?.id ?? '';

  test('shows the box with both values', () => {
    expect(conflicts).toMatchObject([{ cell: rw, stored: true, wanted: false }]);
  });

  test('leaves what is stored, and drops what it includes', () => {
    const resolved = resolveConflicts(edits, conflicts, { [id]: 'stored' });

    expect(changesOf(resolved.edits)).toEqual([]);
    expect(resolved.rows[0]?.stored).toEqual([rw]);
  });

  test('writes what is wanted on top of what is stored now', () => {
    const resolved = resolveConflicts(edits, conflicts, { [id]: 'yours' });

    expect(deltaOf(resolved.edits).body).toEqual({
      add: [{ groupId: 7, key: 'ro' }],
      remove: [{ groupId: 7, key: 'rw' }],
      seen: [{ groupId: 7, keys: ['rw'] }],
    });
  });
});
