import { BackendUnavailable } from '../../kernel/errors.js';
import { TableSource, type OpenTable } from './table-source.js';

describe('A table that was out of reach', () => {
  it('is opened once for all who ask at the same time', async () => {
    const opening = jest.fn(async () => anOpenTable());
    const source = new TableSource(opening, { now: () => new Date(0) });

    const [first, second] = await Promise.all([source.get(), source.get()]);

    expect(first).toBe(second);
    expect(source.current).toBe(first);
    expect(opening).toHaveBeenCalledTimes(1);
  });

  it('is tried again after five seconds, and not before', async () => {
    let now = 0;
    const opening = jest.fn<Promise<OpenTable>, []>().mockRejectedValueOnce(new BackendUnavailable('A')).mockResolvedValue(anOpenTable());
    const source = new TableSource(opening, { now: () => new Date(now) });

    await expect(source.get()).rejects.toMatchObject({ code: 'backend.unavailable' });
    now = 4_999;
    await expect(source.get()).rejects.toMatchObject({ code: 'backend.unavailable' });
    expect(opening).toHaveBeenCalledTimes(1);
    now = 5_000;
    await expect(source.get()).resolves.toBeDefined();
  });
});

function anOpenTable(): OpenTable {
  return {} as OpenTable;
}
