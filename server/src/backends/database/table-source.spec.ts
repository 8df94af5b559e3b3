import { BackendUnavailable } from '../../kernel/errors.js';
import { TableSource, type OpenTable } from './table-source.js';

describe('A table that was out of reach', () => {
  it('is opened once for all who ask at the same time', async () => {
    const opening = jest.fn(async () => anOpenTable());
    const source = new TableSource(opening);

    const [first, second] = await Promise.all([source.get(), source.get()]);

    expect(first).toBe(second);
    expect(source.current).toBe(first);
    expect(opening).toHaveBeenCalledTimes(1);
  });

  it('is tried again with the next question', async () => {
    const opening = jest.fn<Promise<OpenTable>, []>().mockRejectedValueOnce(new BackendUnavailable('A')).mockResolvedValue(anOpenTable());
    const source = new TableSource(opening);

    await expect(source.get()).rejects.toMatchObject({ code: 'backend.unavailable' });
    await expect(source.get()).resolves.toBeDefined();
  });
});

function anOpenTable(): OpenTable {
  return {} as OpenTable;
}
