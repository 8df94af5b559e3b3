import fc from 'fast-check';
import { foldKey } from '../backend.js';
import { HeldKeys, inOrder, placeBehind, type KeyList } from './held-keys.js';

const listOf = (...logins: string[]): KeyList => inOrder(new Map(logins.map((login) => [foldKey(login), login])), false);
const many = (name: string, count: number): KeyList => listOf(...Array.from({ length: count }, (_, index) => `${name}${index}`));

describe('The order of a list', () => {
  it('is that of the logins in lower case, each spelled as stored', () => {
    expect(listOf('Carl', 'anna', 'BERT').keys).toEqual(['anna', 'BERT', 'Carl']);
  });

  it('has one place for every login, there or gone: all behind it follow, and nobody twice', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.string({ maxLength: 4 }), { selector: foldKey }), fc.string({ maxLength: 4 }), (logins, login) => {
      const list = listOf(...logins);
      const position = foldKey(login);

      expect(list.folded.slice(placeBehind(list, position))).toEqual(logins.map(foldKey).filter((folded) => folded > position).sort());
    }));
  });
});

describe('Lists that are held', () => {
  let now = 0;
  let held: HeldKeys;

  beforeEach(() => {
    now = 0;
    held = new HeldKeys({ now: () => new Date(now) });
  });

  it('serve the next pages for two minutes', () => {
    const list = listOf('anna');
    held.put('q', list, 0);

    now = 119_999;
    expect(held.get('q')).toBe(list);
    now = 120_000;
    expect(held.get('q')).toBeNull();
  });

  it('serve first pages for ten times as long as reading took', () => {
    held.put('long', listOf('anna'), 900);
    held.put('short', listOf('anna'), 0);

    expect([held.getFresh('long'), held.getFresh('short')]).toEqual([listOf('anna'), null]);
    now = 9_000;
    expect(held.getFresh('long')).toBeNull();
    expect(held.get('long')).not.toBeNull();
  });

  it('hold 200,000 logins together and no more: the oldest goes', () => {
    held.put('first', many('a', 90_000), 0);
    held.put('second', many('b', 90_000), 0);
    held.put('third', many('c', 90_000), 0);

    expect(['first', 'second', 'third'].map((question) => held.get(question)?.keys.length)).toEqual([undefined, 90_000, 90_000]);
  });
});
