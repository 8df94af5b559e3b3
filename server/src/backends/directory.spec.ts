import { Logger } from '@nestjs/common';
import fc from 'fast-check';
import { systemClock } from '../kernel/clock.js';
import { deadlineIn } from '../kernel/deadline.js';
import { foldKey, type Backend } from './backend.js';
import { BackendHealth } from './backend-health.js';
import { GuardedBackend } from './guarded-backend.js';
import { CustomerDirectory, CustomerUserDirectory, type DirectoryQuery } from './directory.js';
import type { DirectoryPage } from './directory-page.js';
import { aFakeBackend } from './testing/fake-backend.js';

const aQuery: DirectoryQuery = {
  search: null, backendId: null, customerId: null, email: null, validity: 'all', limit: null, cursor: null,
};
const soon = () => deadlineIn(2_000);

beforeAll(() => Logger.overrideLogger(false));

function directoryOf(...backends: readonly Backend[]): CustomerUserDirectory {
  const guarded = backends.map((backend) => new GuardedBackend(backend, new BackendHealth(backend.id, systemClock)));
  return new CustomerUserDirectory({ ofKind: () => guarded });
}

describe('A page of a directory', () => {
  it('has the people of all backends in one order, each with the backend it came from', async () => {
    const directory = directoryOf(aFakeBackend('A', ['anna', 'Dora']), aFakeBackend('B', ['Bert', 'carl', 'zoe']));

    const page = await directory.page(aQuery, soon());

    expect(page.items.map(({ backend, record }) => [backend.id, record.key])).toEqual([
      ['A', 'anna'], ['B', 'Bert'], ['B', 'carl'], ['A', 'Dora'], ['B', 'zoe'],
    ]);
    expect(page).toMatchObject({ nextCursor: null, count: { value: 5, capped: false }, searchError: null });
    expect(page.reports.map(({ backendId, state }) => [backendId, state])).toEqual([['A', 'ok'], ['B', 'ok']]);
  });

  it('shows who is in several backends once, as the first knows them (TC3), though that one does not match (TC5), and the twins with their own backend only (fault 16)', async () => {
    const directory = directoryOf(
      aFakeBackend('A', [{ key: 'anna', validity: 'invalid' }, 'bert']),
      aFakeBackend('B', ['ANNA', 'Bert', 'carl']),
    );

    const valid = await directory.page({ ...aQuery, validity: 'valid' }, soon());
    const all = await directory.page(aQuery, soon());
    const onlySecond = await directory.page({ ...aQuery, backendId: 'B' }, soon());

    expect(keysOf(valid)).toEqual(['bert', 'carl']);
    expect(keysOf(all)).toEqual(['anna', 'bert', 'carl']);
    expect(onlySecond.items.map(({ record, shadowedBy }) => [record.key, shadowedBy])).toEqual([['ANNA', 'A'], ['Bert', 'A'], ['carl', null]]);
    expect(all.count).toEqual({ value: 3, capped: false });
  });

  it('takes a customer of two backends from the first, in lists as in lookups (TC4, ours)', async () => {
    const backends = [aFakeBackend('CustomerCompany', ['X']), aFakeBackend('CustomerCompany1', ['x', 'Y'])];
    const directory = new CustomerDirectory({ ofKind: () => backends });

    const page = await directory.page(aQuery, soon());
    const found = await directory.find('x', soon());

    expect(page.items.map(({ backend, record }) => [backend.id, record.key])).toEqual([['CustomerCompany', 'X'], ['CustomerCompany1', 'Y']]);
    expect(found?.backend.id).toBe('CustomerCompany');
  });

  it('says that it is not complete where a backend cannot hand out everybody who matches', async () => {
    const backend = aFakeBackend('A', ['anna']);
    const directory = directoryOf({ ...backend, search: async (...asked) => ({ ...(await backend.search(...asked)), isTruncated: true }) });

    const page = await directory.page(aQuery, soon());

    expect(page).toMatchObject({ nextCursor: null, count: { value: 1, capped: true }, reports: [{ state: 'truncated' }] });
  });

  it('leads to the next until everybody was there once, whatever the sizes, overlaps and orders of the backends', async () => {
    const logins = fc.uniqueArray(fc.stringMatching(/^[a-dA-Dü_-]{1,3}$/), { maxLength: 25, selector: foldKey });

    await fc.assert(
      fc.asyncProperty(fc.array(logins, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 9 }), async (holdings, limit) => {
        const backends = holdings.map((keys, index) => aFakeBackend(`B${index}`, keys));

        const pages = await walk(directoryOf(...backends), { ...aQuery, limit });

        const owned = new Map<string, string>();
        holdings.forEach((keys, index) => keys.forEach((key) => {
          if (!owned.has(foldKey(key))) owned.set(foldKey(key), `B${index}`);
        }));
        const walked = pages.flatMap(({ items }) => items.map(({ backend, record }) => [foldKey(record.key), backend.id] as const));
        expect(walked).toHaveLength(owned.size);
        expect(new Map(walked)).toEqual(owned);
        expect(pages.every(({ items }) => items.length <= limit)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps its total over all pages, and asks for it once', async () => {
    const backend = aFakeBackend('A', Array.from({ length: 30 }, (_, index) => `u${index}`));

    const pages = await walk(directoryOf(backend), { ...aQuery, limit: 10 });

    expect(pages.map(({ count }) => count)).toEqual([1, 2, 3].map(() => ({ value: 30, capped: false })));
    expect(backend.asked.filter((question) => question === 'count')).toHaveLength(1);
  });

  it('counts to 10,000 and says when there are more', async () => {
    const directory = directoryOf(aFakeBackend('A', Array.from({ length: 10_500 }, (_, index) => `u${index}`)));

    const page = await directory.page({ ...aQuery, limit: 50 }, soon());

    expect(page.count).toEqual({ value: 10_000, capped: true });
  });

  it('offers as many as the backends are configured for, and says that there are more (TS35, TS36: ours, by pages)', async () => {
    const people = (prefix: string) => Array.from({ length: 300 }, (_, index) => `${prefix}${index}`);
    const directory = directoryOf(aFakeBackend('A', people('a'), { listLimit: 250 }), aFakeBackend('B', people('b'), { listLimit: 250 }));

    const pages = await walk(directory, aQuery);

    expect(pages.map(({ items }) => items.length)).toEqual([500, 100]);
    for (const { reports } of pages) {
      expect(reports).toEqual(['A', 'B'].map((backendId) => ({
        backendId, title: `Backend ${backendId}`, state: 'truncated', since: null, limit: 250,
      })));
    }
  });

  it('loses only the rows of a backend that fails, and names it with the time since when', async () => {
    const failing = aFakeBackend('B', ['bert']);
    const directory = directoryOf(aFakeBackend('A', ['anna', 'carl']), failing);
    failing.turn('failing');

    const first = await directory.page(aQuery, soon());
    const later = await directory.page(aQuery, soon());
    failing.turn('ok');
    const healed = await directory.page(aQuery, soon());

    expect(keysOf(first)).toEqual(['anna', 'carl']);
    expect(first.nextCursor).toBeNull();
    expect(first.reports[1]).toMatchObject({ backendId: 'B', state: 'failed', since: expect.stringMatching(/^\d{4}-/) });
    expect(later.reports[1]?.since).toBe(first.reports[1]?.since);
    expect(healed.reports[1]?.state).toBe('ok');
    expect(keysOf(healed)).toEqual(['anna', 'bert', 'carl']);
  });

  it('does not wait for a backend that hangs longer than the deadline', async () => {
    const hanging = aFakeBackend('A', ['anna']);
    hanging.turn('hanging');

    const page = await directoryOf(hanging, aFakeBackend('B', ['bert'])).page(aQuery, deadlineIn(150));

    expect(keysOf(page)).toEqual(['bert']);
    expect(page.reports[0]?.state).toBe('failed');
  });

  it('goes on where a backend failed once it is back', async () => {
    const shaky = aFakeBackend('A', ['a1', 'a2', 'a3']);
    const directory = directoryOf(shaky, aFakeBackend('B', ['b1', 'b2', 'b3']));
    const first = await directory.page({ ...aQuery, limit: 2 }, soon());

    shaky.turn('failing');
    const second = await directory.page({ ...aQuery, limit: 2, cursor: first.nextCursor }, soon());
    shaky.turn('ok');
    const third = await directory.page({ ...aQuery, limit: 2, cursor: second.nextCursor }, soon());

    expect([first, second, third].map(keysOf)).toEqual([['a1', 'a2'], ['b1', 'b2'], ['a3', 'b3']]);
  });

  it('reports a backend that lists nothing without a search, and does not ask it', async () => {
    const asksForText = aFakeBackend('A', ['anna'], { canList: false, minimumSearchLength: 2 });

    const page = await directoryOf(asksForText).page(aQuery, soon());

    expect(page.items).toEqual([]);
    expect(page.reports).toEqual([{ backendId: 'A', title: 'Backend A', state: 'needs-search', since: null, limit: 2 }]);
    expect(asksForText.asked).toEqual([]);
    expect((await directoryOf(asksForText).page({ ...aQuery, search: 'anna' }, soon())).items).toHaveLength(1);
  });

  it('is empty, and nobody is asked, when the search text is not understood (TS17 to TS19: ours)', async () => {
    const backend = aFakeBackend('A', ['anna']);

    const page = await directoryOf(backend).page({ ...aQuery, search: 'a AND OR b' }, soon());

    expect(page).toMatchObject({
      items: [], nextCursor: null, count: { value: 0, capped: false }, searchError: { code: 'word-missing', position: 6 },
    });
    expect(backend.asked).toEqual([]);
  });

  it.each([['a NUL', 'a\0'], ['half a character', '\ud83d']])('is refused for a search with %s (fault 23)', async (_, search) => {
    await expect(directoryOf(aFakeBackend('A', [])).page({ ...aQuery, search }, soon())).rejects.toMatchObject({
      code: 'validation.failed', issues: [{ path: 'search', code: 'characters' }],
    });
  });

  it('is refused for a backend that is not there', async () => {
    await expect(directoryOf(aFakeBackend('A', [])).page({ ...aQuery, backendId: 'X' }, soon())).rejects.toMatchObject({
      issues: [{ path: 'backend', code: 'unknown' }],
    });
  });

  it('is refused for a cursor that is forged, damaged, or of another query (fault 82)', async () => {
    const directory = directoryOf(aFakeBackend('A', ['a', 'b', 'c']));
    const { nextCursor } = await directory.page({ ...aQuery, limit: 1 }, soon());
    const content = JSON.parse(Buffer.from(nextCursor ?? '', 'base64url').toString());
    const forged = (changes: object) => Buffer.from(JSON.stringify({ ...content, ...changes })).toString('base64url');

    const cursors = [
      '', 'x', 'null', forged({ rest: [] }), forged({ rest: [['B', null]] }), forged({ rest: [['A', null], ['A', 'x']] }),
      forged({ rest: [['A', 7]] }), forged({ query: 'other' }), forged({ more: 1 }), forged({ count: { value: -1, capped: false } }),
    ];
    for (const cursor of cursors) {
      await expect(directory.page({ ...aQuery, limit: 1, cursor }, soon())).rejects.toMatchObject({ issues: [{ path: 'cursor', code: 'cursor' }] });
    }
    const otherQuery = { ...aQuery, validity: 'valid', limit: 1, cursor: nextCursor } as const;
    await expect(directory.page(otherQuery, soon())).rejects.toMatchObject({ issues: [{ path: 'cursor', code: 'cursor' }] });
    expect(keysOf(await directory.page({ ...aQuery, limit: 2, cursor: nextCursor }, soon()))).toEqual(['b', 'c']);
  });
});

describe('A directory', () => {
  it('finds the first that knows a login', async () => {
    const directory = directoryOf(aFakeBackend('A', ['bert']), aFakeBackend('B', ['Anna']), aFakeBackend('C', ['anna']));

    expect(await directory.find('ANNA', soon())).toMatchObject({ backend: { id: 'B' }, record: { key: 'Anna' } });
    expect(await directory.find('nobody', soon())).toBeNull();
    await expect(directory.findOwner('nobody', soon())).rejects.toMatchObject({ code: 'not-found' });
  });

  it('says of nobody that he is not there while a backend cannot be asked', async () => {
    const first = aFakeBackend('A', ['bert']);
    const last = aFakeBackend('C', []);
    const directory = directoryOf(first, aFakeBackend('B', ['anna']), last);

    last.turn('failing');
    expect(await directory.find('anna', soon())).toMatchObject({ backend: { id: 'B' } });
    await expect(directory.find('nobody', soon())).rejects.toMatchObject({ code: 'backend.unavailable', backendId: 'C' });
    first.turn('failing');
    await expect(directory.find('nobody', soon())).rejects.toMatchObject({ code: 'backend.unavailable', backendId: 'A' });
  });

  it('goes on with the records of the others while an earlier backend cannot be asked', async () => {
    const first = aFakeBackend('A', ['anna', 'bert']);
    const directory = directoryOf(first, aFakeBackend('B', ['anna']));
    expect(await directory.findOwner('anna', soon())).toMatchObject({ backend: { id: 'A' } });

    first.turn('failing');

    expect(await directory.find('anna', soon())).toMatchObject({ backend: { id: 'B' } });
    expect(await directory.findOwner('anna', soon())).toMatchObject({ backend: { id: 'B' } });
    await expect(directory.findOwner('bert', soon())).rejects.toMatchObject({ code: 'backend.unavailable', backendId: 'A' });
  });

  it('finds many at once, by any spelling, each with its owner, asking each backend once', async () => {
    const [first, second] = [aFakeBackend('A', ['anna']), aFakeBackend('B', ['ANNA', 'bert'])];

    const { owned, isComplete } = await directoryOf(first, second).findMany(['Anna', 'BERT', 'carl'], soon());

    expect([...owned].map(([key, { backend }]) => [key, backend.id])).toEqual([['anna', 'A'], ['bert', 'B']]);
    expect([isComplete, first.asked, second.asked]).toEqual([true, ['findMany'], ['findMany']]);
  });

  it('finds what it can of many while a backend is out of reach, and says that it may not be all', async () => {
    const first = aFakeBackend('A', ['anna']);
    first.turn('failing');

    const { owned, isComplete, reports } = await directoryOf(first, aFakeBackend('B', ['bert'])).findMany(['anna', 'bert'], soon());

    expect([[...owned.keys()], isComplete, reports.map(({ state }) => state)]).toEqual([['bert'], false, ['failed', 'ok']]);
  });

  it('shows a record with its twins: who owns the login, and who has it too (fault 16)', async () => {
    const directory = directoryOf(aFakeBackend('A', ['bert']), aFakeBackend('B', ['Anna']), aFakeBackend('C', ['anna']), aFakeBackend('D', ['ANNA']));

    expect(await directory.findWithTwins('anna', null, soon())).toMatchObject({ backend: { id: 'B' }, record: { key: 'Anna' }, shadowedBy: null, shadows: ['C', 'D'] });
    expect(await directory.findWithTwins('anna', 'C', soon())).toMatchObject({ record: { key: 'anna' }, shadowedBy: 'B', shadows: ['D'] });
    await expect(directory.findWithTwins('anna', 'A', soon())).rejects.toMatchObject({ code: 'not-found' });
    await expect(directory.findWithTwins('anna', 'X', soon())).rejects.toMatchObject({ issues: [{ path: 'backend', code: 'unknown' }] });
  });

  it('shows a record although it is not known who else has its login', async () => {
    const [failing, hanging] = [aFakeBackend('A', []), aFakeBackend('C', [])];
    const directory = directoryOf(failing, aFakeBackend('B', ['anna']), hanging);
    hanging.turn('hanging');

    expect(await directory.findWithTwins('anna', null, soon())).toMatchObject({ backend: { id: 'B' }, shadows: null });
    failing.turn('failing');
    expect(await directory.findWithTwins('anna', 'B', soon())).toMatchObject({ backend: { id: 'B' }, shadowedBy: null });
    expect(await directory.findWithTwins('anna', null, soon())).toMatchObject({ backend: { id: 'B' }, shadowedBy: null });
    await expect(directory.findWithTwins('nobody', null, soon())).rejects.toMatchObject({ backendId: 'A' });
  });

  it('does not wait for those behind the owner', async () => {
    const hanging = aFakeBackend('B', []);
    hanging.turn('hanging');

    expect(await directoryOf(aFakeBackend('A', ['anna']), hanging).find('anna', soon())).toMatchObject({ backend: { id: 'A' } });
  });

  it('says that a login is free only when all have been asked', async () => {
    const first = aFakeBackend('A', []);
    const second = aFakeBackend('B', ['anna']);
    const directory = directoryOf(first, second);

    await expect(directory.requireAbsent('new', soon())).resolves.toBeUndefined();
    await expect(directory.requireAbsent('ANNA', soon())).rejects.toMatchObject({ code: 'login.taken', issues: [{ path: 'login', code: 'taken' }] });
    first.turn('failing');
    await expect(directory.requireAbsent('anna', soon())).rejects.toMatchObject({ code: 'login.taken' });
    await expect(directory.requireAbsent('new', soon())).rejects.toMatchObject({ code: 'backend.unavailable', backendId: 'A' });
  });

  it('knows whether there is anybody at all', async () => {
    const empty = aFakeBackend('A', []);
    const directory = directoryOf(empty, aFakeBackend('B', [{ key: 'anna', validity: 'invalid' }]));

    expect(await directoryOf(empty).hasAny(soon())).toBe(false);
    expect(await directory.hasAny(soon())).toBe(true);
    empty.turn('failing');
    expect(await directory.hasAny(soon())).toBe(true);
    await expect(directoryOf(empty).hasAny(soon())).rejects.toMatchObject({ code: 'backend.unavailable' });
  });
});

it('A key is folded once and for all', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (key) => foldKey(foldKey(key)) === foldKey(key)));
  expect(['ADMIN', 'Müller', 'Mu\u0308ller', 'カス'].map(foldKey)).toEqual(['admin', 'müller', 'müller', 'カス']);
});

function keysOf(page: DirectoryPage): string[] {
  return page.items.map(({ record }) => record.key);
}

async function walk(directory: CustomerUserDirectory, query: DirectoryQuery): Promise<DirectoryPage[]> {
  const pages: DirectoryPage[] = [];
  let cursor: string | null = null;
  do {
    const page: DirectoryPage = await directory.page({ ...query, cursor }, soon());
    pages.push(page);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return pages;
}
