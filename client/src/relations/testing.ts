import type { RelationRow } from './relation-row.js';

export const ro = { key: 'ro', context: null };
export const rw = { key: 'rw', context: null };

/** A group of a person's matrix. */
export function aRow(overrides: Partial<RelationRow> = {}): RelationRow {
  return {
    key: '7',
    identity: { groupId: 7 },
    end: { kind: 'group', name: 'Support EU', label: 'Support EU', detail: '', state: 'known', validity: 'valid', path: '/groups/7/customer-users' },
    shape: 'keys',
    stored: [],
    beside: [],
    isFixed: false,
    ...overrides,
  };
}
