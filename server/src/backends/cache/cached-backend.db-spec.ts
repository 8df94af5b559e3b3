import { openTestDatabase, type TestDatabase } from '../../../testing/databases.js';
import { BackendUnavailable } from '../../kernel/errors.js';
import type { Transaction } from '../../platform/persistence/unit-of-work.js';
import type { Backend, Changes } from '../backend.js';
import { found, must, patience, queryOf, stagePeople } from '../testing/stage.js';
import { inTransaction } from '../testing/in-transaction.js';
import { aPersonRow } from '../testing/tables.js';
import { CachedBackend } from './cached-backend.js';
import { OwnGenerations, type Generations } from './generations.js';

const minute = 60_000;

describe('A backend with a CacheTTL of a minute', () => {
  let database: TestDatabase;
  let clock: { now: number };

  beforeAll(async () => {
    database = await openTestDatabase('postgres');
  });
  afterAll(() => database?.drop());
  beforeEach(() => {
    clock = { now: 0 };
  });

  const cached = (live: Backend, generations: Generations = new OwnGenerations()) =>
    new CachedBackend(live, 60, { generations, now: () => clock.now });

  /** Anna and Bert, in a table that others may change past us. */
  async function staged(): Promise<{ live: Backend; renameByOthers: (name: string) => Promise<void> }> {
    const live = await stagePeople(database, [aPersonRow('anna'), aPersonRow('bert')]);
    const { table } = await tableOf();
    return { live, renameByOthers: async (name) => void (await database.connection.execute(`UPDATE ${table} SET first_name = '${name}'`)) };
  }

  async function tableOf(): Promise<{ table: string }> {
    const [row] = await database.connection.query<{ table: string }>(
      `SELECT relname AS "table" FROM pg_class WHERE relname LIKE 't\\_%' AND relkind = 'r' ORDER BY oid DESC LIMIT 1`,
    );
    return row ?? { table: '' };
  }

  const change = (backend: Backend, key: string, changes: Changes, meanwhile = async (): Promise<void> => {}) =>
    inTransaction(database.connection, async (transaction) => {
      const changed = await backend.writer?.update(transaction, key, changes);
      await meanwhile();
      return changed;
    });

  const nameOf = async (backend: Backend, key: string) => (await must(backend, key)).values['UserFirstname'];

  it('answers from memory, in any spelling of the login, until the minute is over', async () => {
    const { live, renameByOthers } = await staged();
    const backend = cached(live);
    const answers = async () => [
      await nameOf(backend, 'ANNA'),
      (await backend.findMany(['Anna', 'bert', 'nobody'], patience())).get('anna')?.name,
      (await backend.search(queryOf('ann*'), null, 10, patience())).records[0]?.name,
    ];
    const before = await answers();
    await renameByOthers('Zoe');

    clock.now = minute - 1;
    const within = await answers();
    clock.now = minute;
    const after = await answers();

    expect(before).toEqual(['Anna', 'Anna Berg', 'Anna Berg']);
    expect(within).toEqual(before);
    expect(after).toEqual(['Zoe', 'Zoe Berg', 'Zoe Berg']);
  });

  it('remembers a count of its own for each question', async () => {
    const { live } = await staged();
    const backend = cached(live);

    const counts = async () => [
      await backend.count(queryOf('bert'), 100, patience()), await backend.count(queryOf('*'), 100, patience()), await backend.count(queryOf('*'), 0, patience()),
    ];

    expect(await counts()).toEqual([1, 2, 1]);
    expect(await counts()).toEqual([1, 2, 1]);
  });

  it('shows what was written here as soon as it is committed, in lookups and searches, and not before', async () => {
    const { live } = await staged();
    const backend = cached(live);
    await nameOf(backend, 'anna');
    await found(backend, 'Zoe');
    let during: unknown;

    await change(backend, 'anna', { UserFirstname: 'Zoe' }, async () => {
      during = await nameOf(backend, 'anna');
    });

    expect(during).toBe('Anna');
    expect(await nameOf(backend, 'anna')).toBe('Zoe');
    expect(await found(backend, 'Zoe')).toEqual(['anna']);
  });

  it('shows a new person and a new password version at once', async () => {
    const { live } = await staged();
    const backend = cached(live);
    await found(backend, '*');
    const { version } = await must(backend, 'anna');

    await inTransaction(database.connection, async (transaction) => {
      await backend.writer?.create(transaction, { UserLogin: 'cleo', UserEmail: 'c@mail.test', UserCustomerID: 'A', UserFirstname: 'C', UserLastname: 'L' });
      await backend.passwords?.set(transaction, 'anna', 'hash');
    });

    expect(await found(backend, '*')).toEqual(['anna', 'bert', 'cleo']);
    expect((await must(backend, 'anna')).version).not.toBe(version);
  });

  it('does not put an old row back that was read while somebody wrote', async () => {
    const { live } = await staged();
    const reading = aGate();
    const goOn = aGate();
    const slow: Backend = Object.create(live, {
      find: {
        value: async (...asked: Parameters<Backend['find']>) => {
          const record = await live.find(...asked);
          reading.open();
          await goOn.opened;
          return record;
        },
      },
    });
    const backend = cached(slow);

    const early = nameOf(backend, 'anna');
    await reading.opened;
    await change(backend, 'anna', { UserFirstname: 'Zoe' });
    goOn.open();

    expect(await early).toBe('Anna');
    expect(await nameOf(backend, 'anna')).toBe('Zoe');
  });

  it('forgets what it knew when a write finds another row than the one remembered', async () => {
    const { live, renameByOthers } = await staged();
    const backend = cached(live);
    await nameOf(backend, 'anna');
    await renameByOthers('Zoe');

    await inTransaction(database.connection, (transaction: Transaction) => backend.writer?.lock(transaction, 'anna') ?? Promise.resolve(null));

    expect(await nameOf(backend, 'anna')).toBe('Zoe');
  });

  it('finds a person at once who was not there a moment ago, and spares lists the question', async () => {
    const { live } = await staged();
    let asked = 0;
    const counting: Backend = Object.create(live, {
      findMany: { value: (...question: Parameters<Backend['findMany']>) => ((asked += 1), live.findMany(...question)) },
    });
    const backend = cached(counting);
    const { table } = await tableOf();
    await backend.find('cleo', patience());
    await backend.findMany(['cleo', 'anna'], patience());
    await backend.findMany(['cleo', 'ANNA'], patience());

    await database.connection.execute(`UPDATE ${table} SET login = 'cleo' WHERE login = 'bert'`);

    expect(asked).toBe(1);
    expect((await backend.find('cleo', patience()))?.key).toBe('cleo');
    expect([...(await backend.findMany(['cleo'], patience())).keys()]).toEqual(['cleo']);
  });

  it('remembers no failure, and no answer that was cut off', async () => {
    const { live, renameByOthers } = await staged();
    let isDown = true;
    const shaky: Backend = Object.create(live, {
      find: { value: (...asked: Parameters<Backend['find']>) => (isDown ? Promise.reject(new BackendUnavailable('x', new Error('down'))) : live.find(...asked)) },
      search: { value: async (...asked: Parameters<Backend['search']>) => ({ ...(await live.search(...asked)), isTruncated: true }) },
    });
    const backend = cached(shaky);
    await expect(backend.find('anna', patience())).rejects.toThrow(BackendUnavailable);
    expect(await found(backend, 'Anna')).toEqual(['anna', 'bert']);

    isDown = false;
    await renameByOthers('Zoe');

    expect(await nameOf(backend, 'anna')).toBe('Zoe');
    expect(await found(backend, 'Anna')).toEqual(['anna']);
  });

  it('uses nothing it remembers while it cannot know whether that still holds', async () => {
    const { live, renameByOthers } = await staged();
    let known: string | null = 'first';
    const backend = cached(live, { current: async () => known, advance: async () => {}, close: async () => {} });
    await nameOf(backend, 'anna');
    await renameByOthers('Zoe');

    const remembered = await nameOf(backend, 'anna');
    known = null;
    const unknown = await nameOf(backend, 'anna');

    expect([remembered, unknown]).toEqual(['Anna', 'Zoe']);
  });
});

function aGate(): { readonly opened: Promise<void>; open: () => void } {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}
