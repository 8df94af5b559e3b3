import { BoundedCache } from './bounded-cache.js';

describe('A bounded cache', () => {
  const aCache = (bounds: Partial<{ entries: number; bytes: number; milliseconds: number }> = {}) => {
    const clock = { now: 0 };
    return { clock, cache: new BoundedCache<string>({ entries: 100, bytes: 1000, milliseconds: 60_000, ...bounds }, () => clock.now) };
  };

  it('gives back what was put in until its time is over, and not a moment longer', () => {
    const { cache, clock } = aCache();
    cache.set('anna', 'Anna', 10);

    clock.now = 59_999;
    expect(cache.get('anna')).toBe('Anna');
    clock.now = 60_000;
    expect(cache.get('anna')).toBeUndefined();
  });

  it('is not kept longer for being used', () => {
    const { cache, clock } = aCache();
    cache.set('anna', 'Anna', 10);

    for (clock.now = 10_000; clock.now < 60_000; clock.now += 10_000) cache.get('anna');

    expect(cache.get('anna')).toBeUndefined();
  });

  it('lets go what was used least lately when there are too many', () => {
    const { cache } = aCache({ entries: 2 });
    cache.set('anna', 'Anna', 1);
    cache.set('bert', 'Bert', 1);
    cache.get('anna');

    cache.set('cleo', 'Cleo', 1);

    expect(['anna', 'bert', 'cleo'].map((name) => cache.get(name))).toEqual(['Anna', undefined, 'Cleo']);
  });

  it('lets go as many as it takes when they are too large together, and never takes what is too large alone', () => {
    const { cache } = aCache({ bytes: 100 });
    for (const name of ['a', 'b', 'c', 'd']) cache.set(name, name, 25);

    cache.set('large', 'large', 60);
    cache.set('huge', 'huge', 101);

    expect(['a', 'b', 'c', 'd', 'large', 'huge'].map((name) => cache.get(name))).toEqual([undefined, undefined, undefined, 'd', 'large', undefined]);
  });

  it('counts a value that replaces another once', () => {
    const { cache } = aCache({ bytes: 100 });
    for (let time = 0; time < 50; time += 1) cache.set('anna', `Anna ${time}`, 60);
    cache.set('bert', 'Bert', 40);

    expect([cache.get('anna'), cache.get('bert')]).toEqual(['Anna 49', 'Bert']);
  });
});
