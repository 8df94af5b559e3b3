import { foldKey, type Backend, type RecordQuery, type StoredRecord } from '../backend.js';
import { found, must, patience, queryOf } from './stage.js';

/** Somebody who is there before the test begins. */
export interface Person {
  readonly login: string;
  readonly email?: string;
  readonly customerId?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly phone?: string | null;
  readonly isInvalid?: boolean;
}

/** How an implementation sets the stage: a backend of customer users that holds exactly these people. */
export interface ContractStage {
  open(people: readonly Person[], settings?: { readonly searchPrefix?: string; readonly searchSuffix?: string }): Promise<Backend>;
}

/** What every backend promises to those who ask, whatever it is made of. Searched: login, names, customer ID, phone. */
export function describeBackendContract(stage: ContractStage): void {
  describe('a lookup', () => {
    it.each(['anna', 'ANNA', 'Anna'])('finds a login in any case, spelled as stored: %s', async (asked) => {
      const backend = await stage.open([{ login: 'Anna' }, { login: 'annabel' }]);

      expect((await must(backend, asked)).key).toBe('Anna');
    });

    it.each(["o'neil", 'a%b', 'a_b', 'a\\b', 'a*b', 'x&y|z', 'mü ller', 'カス', '👩‍💻', 'a"b', '-1', "'; DROP TABLE customer_user; --"])(
      'finds a login with any characters, and only that one (TS39): %s',
      async (login) => {
        const backend = await stage.open([{ login }, { login: 'axb' }]);

        expect((await must(backend, login)).key).toBe(login);
        expect(await backend.find(`${login}x`, patience())).toBeNull();
      },
    );

    it.each([['NFC', 'NFD'], ['NFD', 'NFC']])('finds a login stored in %s and typed in %s', async (stored, typed) => {
      const backend = await stage.open([{ login: 'Jürgen'.normalize(stored) }]);

      expect((await must(backend, 'jürgen'.normalize(typed))).key).toBe('Jürgen'.normalize(stored));
    });

    it.each(['jurgen', 'jürgen ', 'jürge', '*', '%', '', 'x'.repeat(10_000), 'jürgen\0'])('takes no other login for it: %j', async (asked) => {
      const backend = await stage.open([{ login: 'jürgen' }]);

      expect(await backend.find(asked, patience())).toBeNull();
    });

    it('finds many at once, each by any spelling, and answers by the folded key', async () => {
      const backend = await stage.open([{ login: 'Anna' }, { login: 'Björn' }, { login: 'carl' }]);

      const people = await backend.findMany(['ANNA', 'BJÖRN', 'nobody', 'Anna'], patience());

      expect([...people].map(([key, { key: stored }]) => [key, stored])).toEqual([['anna', 'Anna'], [foldKey('Björn'), 'Björn']]);
    });
  });

  describe('a search', () => {
    const people: readonly Person[] = [
      { login: 'anna', firstName: 'Anna', lastName: 'Smith', phone: '0' },
      { login: 'bert', firstName: 'Bert', lastName: 'Smithers', phone: null },
      { login: 'carl', firstName: 'Carl', lastName: 'Meier', phone: null },
      { login: 'dora', firstName: 'Dora', lastName: 'O\'Neil', phone: '50%' },
      { login: 'cust_1', firstName: 'Emil', lastName: 'Müller', phone: 'a\\b' },
      { login: 'custA1', firstName: 'Frida', lastName: 'Muster (Bonn)', phone: '501' },
      { login: 'カス', firstName: '👩‍💻 Zoë', lastName: 'Ünal', customerId: 'R&D', phone: 'x!y' },
      { login: '😀', firstName: 'Hans', lastName: 'John Smith', phone: 'x*y' },
    ];
    let backend: Backend;

    beforeAll(async () => {
      backend = await stage.open(people);
    });

    it.each([
      ['TS1', 'smith', ['anna', 'bert', '😀']],
      ['in any case', 'SMITH', ['anna', 'bert', '😀']],
      ['TS2', 'smith+bert', ['bert']],
      ['TS3', 'Anna Smith', []],
      ['TS4', '"john smith"', ['😀']],
      ['TS5', 'smith+!bert', ['anna', '😀']],
      ['TS6: NOT finds rows with empty columns too (ours)', '!smith', ['carl', 'cust_1', 'custA1', 'dora', 'カス']],
      ['TS7', '*!smith*', ['carl', 'cust_1', 'custA1', 'dora', 'カス']],
      ['TS9', 'smith AND bert OR meier', ['bert', 'carl']],
      ['TS11', '((smith+bert) OR meier)', ['bert', 'carl']],
      ['a negated group', '!(smith OR cust)', ['carl', 'dora', 'カス']],
      ['TS12', 'anna&&smith', ['anna']],
      ['TS13', 'smi**h', ['anna', 'bert', '😀']],
      ['TS14: a percent sign is itself (ours, fault 27)', '50%', ['dora']],
      ['a percent sign alone', '%', ['dora']],
      ['TS15: an underscore is itself (ours)', 'cust_1', ['cust_1']],
      ['an underscore alone (TS30)', '_', ['cust_1']],
      ['TS29: a part of a word', 'mit', ['anna', 'bert', '😀']],
      ['TS16', '* smith', ['😀']],
      ['TS21: 0 is a value (ours)', '0', ['anna', 'custA1', 'dora']],
      ['an apostrophe', "o'neil", ['dora']],
      ['a backslash', 'a\\b', ['cust_1']],
      ['an exclamation mark', 'x!y', ['カス']],
      ['an asterisk behind a backslash', 'x\\*y', ['😀']],
      ['an asterisk', 'x*y', ['カス', '😀']],
      ['parentheses in a word', 'Muster (Bonn)', ['custA1']],
      ['an ampersand', 'R&D', ['カス']],
      ['an umlaut in the other case', 'ünal', ['カス']],
      ['an umlaut typed in NFD', 'Müller'.normalize('NFD'), ['cust_1']],
      ['kana', 'カス', ['カス']],
      ['an emoji and no other', '👩‍💻', ['カス']],
      ['an emoji in a login', '😀', ['😀']],
      ['NOT an emoji', '!👩‍💻+!smith', ['carl', 'cust_1', 'custA1', 'dora']],
      ['TS25: everything', '*', ['anna', 'bert', 'carl', 'cust_1', 'custA1', 'dora', 'カス', '😀']],
      ['nothing', '!*', []],
    ])('%s: %s', async (_, text, expected) => {
      expect((await found(backend, text)).sort()).toEqual([...expected].sort());
    });

    it.each(["' OR 1=1 --", '"; DROP TABLE customer_user; --', "\\' OR 1=1", '$1', '?', ':name', '%00', '\\00 \\2a', ')(|(objectClass=', '${x}', '\u202e'])(
      'takes hostile text for text (faults 22, 23, 26): %s',
      async (text) => {
        const literal = `"${text.replace(/[\\*"]/g, '\\$&')}"`;

        expect(await found(backend, literal)).toEqual([]);
        expect(await found(backend, '*')).toHaveLength(people.length);
      },
    );

    it.each([
      ['', '*', 'smith', ['anna', 'bert']],
      ['', '*', '*smith', ['anna', 'bert', '😀']],
      ['', '', 'smith', ['anna']],
      ['', '', 'smith*', ['anna', 'bert']],
      ['*', '', 'smith', ['anna', '😀']],
    ])('puts the configured prefix %j and suffix %j around every word (TS22, TS23): %s', async (searchPrefix, searchSuffix, text, expected) => {
      const other = await stage.open(people, { searchPrefix, searchSuffix });

      expect((await found(other, text)).sort()).toEqual(expected);
    });
  });

  describe('a condition', () => {
    it('keeps invalid people out, or everybody else (TS24)', async () => {
      const backend = await stage.open([{ login: 'anna' }, { login: 'bert', isInvalid: true }]);

      expect(await found(backend, { text: '*', validity: 'valid' })).toEqual(['anna']);
      expect(await found(backend, { text: '*', validity: 'invalid' })).toEqual(['bert']);
      expect(await found(backend, { text: '*', validity: 'all' })).toEqual(['anna', 'bert']);
    });

    it('takes a whole customer ID, in any case and without wildcards (TS26, TS27, TS28)', async () => {
      const backend = await stage.open([
        { login: 'anna', customerId: 'acme' }, { login: 'bert', customerId: '*' }, { login: 'carl', customerId: 'acme2' }, { login: 'dora', customerId: 'acmé' },
      ]);

      expect(await found(backend, { customerId: 'ACME' })).toEqual(['anna']);
      expect(await found(backend, { customerId: '*' })).toEqual(['bert']);
      expect(await found(backend, { customerId: 'acm%' })).toEqual([]);
      expect(await found(backend, { customerId: 'acm' })).toEqual([]);
    });

    it('takes a whole mail address in any case (TS31, TS32), with an apostrophe too (TS33, ours)', async () => {
      const backend = await stage.open([
        { login: 'anna', email: 'Anna@Mail.test' }, { login: 'bert', email: "o'neil@x.test" }, { login: 'carl', email: 'anna@mail.test.org' },
      ]);

      expect(await found(backend, { email: 'ANNA@mail.TEST' })).toEqual(['anna']);
      expect(await found(backend, { email: 'nna@mail.test' })).toEqual([]);
      expect(await found(backend, { email: "O'Neil@x.test" })).toEqual(['bert']);
      expect(await found(backend, { email: 'a%' })).toEqual([]);
    });

    it('joins with the others', async () => {
      const backend = await stage.open([
        { login: 'anna', customerId: 'acme' }, { login: 'anne', customerId: 'acme', isInvalid: true }, { login: 'annika', customerId: 'other' },
      ]);

      expect(await found(backend, { text: 'ann OR bert', customerId: 'acme', validity: 'valid' })).toEqual(['anna']);
    });
  });

  describe('a page', () => {
    const logins = [...Array.from({ length: 40 }, (_, index) => `user${index}`), 'Zoë', 'zoe2', 'ÅSA', 'åke', '_x', '-x', 'カス', '😀', '👩‍💻x', 'a b', "o'neil"];

    it.each([1, 7, 50, 51, 1000])('of %i leads to the next until everybody was there once, in one order', async (limit) => {
      const backend = await stage.open(logins.map((login) => ({ login })));

      const walked = await walk(backend, queryOf('*'), limit);

      expect(walked.map(({ key }) => key)).toEqual(await found(backend, '*'));
      expect(new Set(walked.map(({ key }) => key))).toEqual(new Set(logins));
    });

    it('says whether there are more, and counts up to a cap', async () => {
      const backend = await stage.open(logins.map((login) => ({ login })));

      const page = await backend.search(queryOf('user'), null, 40, patience());

      expect(page).toMatchObject({ hasMore: false });
      expect(page.positions).toHaveLength(40);
      expect(await backend.count(queryOf('user'), 100, patience())).toBe(40);
      expect(await backend.count(queryOf('user'), 10, patience())).toBe(11);
    });

    it('goes on behind a person who was deleted meanwhile or never was', async () => {
      const backend = await stage.open([{ login: 'anna' }, { login: 'carl' }]);

      const { records } = await backend.search(queryOf('*'), "b'%_\\", 10, patience());

      expect(records.map(({ key }) => key)).toEqual(['carl']);
    });
  });

  it('holds the same version while nothing changes', async () => {
    const backend = await stage.open([{ login: 'anna' }]);

    expect((await must(backend, 'ANNA')).version).toBe((await must(backend, 'anna')).version);
  });

  it('answers a probe', async () => {
    const backend = await stage.open([]);

    await expect(backend.probe(patience())).resolves.toBeUndefined();
  });
}

async function walk(backend: Backend, query: RecordQuery, limit: number): Promise<StoredRecord[]> {
  const walked: StoredRecord[] = [];
  let position: string | null = null;
  for (;;) {
    const page = await backend.search(query, position, limit, patience());
    walked.push(...page.records);
    if (!page.hasMore) return walked;
    position = page.positions.at(-1) ?? null;
  }
}
