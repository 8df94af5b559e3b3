import { keepPicks, readPicks, withPick, type Pick } from './recent-picks.js';

const anna: Pick = { side: 'customer-users', key: 'anna', name: 'Anna Meier' };
const support: Pick = { side: 'groups', key: '7', name: 'Support EU' };

function aStorage(content: string | null = null): Storage {
  const entries = new Map(content === null ? [] : [['clientele.recent-picks', content]]);
  return {
    get length() {
      return entries.size;
    },
    clear: () => entries.clear(),
    key: () => null,
    removeItem: (name) => void entries.delete(name),
    getItem: (name) => entries.get(name) ?? null,
    setItem: (name, value) => void entries.set(name, value),
  };
}

describe('what was picked last', () => {
  it('is there again, the last one first and each once', () => {
    const storage = aStorage();

    keepPicks(storage, withPick(withPick(withPick([], anna), support), anna));

    expect(readPicks(storage)).toEqual([anna, support]);
  });

  it('is no more than a handful', () => {
    const many = Array.from({ length: 20 }, (_, index): Pick => ({ ...anna, key: `anna${index}` }));

    expect(many.reduce<Pick[]>(withPick, [])).toHaveLength(6);
  });

  it.each(['', '{', '{}', '[1]', '[{"side":"agents","key":"a","name":"b"}]', '[{"side":"groups","key":7,"name":"b"}]'])(
    'is nothing where somebody else wrote %j',
    (content) => {
      expect(readPicks(aStorage(content))).toEqual([]);
    },
  );
});
