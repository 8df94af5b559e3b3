import { countsOf, planChange, type StoredRow } from './plan-change.js';

const row = (key: string, more: Partial<StoredRow> = {}): StoredRow => ({
  owner: 'anna', target: '10', context: '', key, value: 1, createTime: new Date('2026-01-02T03:04:05Z'), createBy: 3, ...more,
});
const slot = (...keys: string[]) => ({ owner: 'anna', target: '10', context: '', wanted: () => new Set(keys) });

describe('A plan of a change', () => {
  it('leaves alone what is as it is wanted', () => {
    expect(planChange([slot('ro', 'create')], [row('create'), row('ro')])).toEqual({ removals: [], rows: [], changes: [] });
  });

  it('touches no row of another slot', () => {
    const plan = planChange([slot()], [row('ro'), row('ro', { target: '11' }), row('ro', { owner: 'boris' }), row('ro', { context: 'Other' })]);

    expect(plan.removals).toEqual([{ owner: 'anna', target: '10', context: '', key: 'ro' }]);
    expect(plan.changes).toEqual([{ owner: 'anna', target: '10', context: '', from: ['ro'], to: [] }]);
  });

  it('keeps of equal rows the one that the helpdesk sees, then the oldest, whatever the spelling', () => {
    const older = new Date('2025-01-01T00:00:00Z');
    const [byAge] = planChange([slot('ro')], [row('ro'), row('ro', { createTime: older, createBy: 9 })]).rows;
    const [bySpelling] = planChange([slot('ro')], [row('ro'), row('ro', { owner: 'ANNA', createTime: older })]).rows;

    expect(byAge?.created).toMatchObject({ createTime: older, createBy: 9 });
    expect(bySpelling).toMatchObject({ owner: 'anna', created: { createBy: 3 } });
  });

  it('finds a slot by any spelling of its ends and keeps the stored one', () => {
    const plan = planChange([slot('ro', 'create')], [row('ro', { owner: 'ANNA' })]);

    expect(plan.removals).toEqual([]);
    expect(plan.rows).toEqual([{ owner: 'anna', target: '10', context: '', key: 'create', created: null }]);
  });

  it('counts keys and not rows', () => {
    expect(countsOf([{ owner: 'a', target: '1', context: '', from: ['ro', 'create'], to: ['rw'] }])).toEqual({ added: 1, removed: 2 });
  });
});
