import { Logger } from '@nestjs/common';
import { aCustomerUserBlock } from '../../../testing/blocks.js';
import { describeOnEachEngine, type TestDatabase } from '../../../testing/databases.js';
import { openBackend, type WatchedBackend } from '../backend-factory.js';
import { drivers } from '../drivers.js';
import { probeBackend } from '../probe-backend.js';
import { contextOn, freshName } from '../testing/stage.js';
import { aPersonRow, createTable, insertRows, personTable } from '../testing/tables.js';

beforeAll(() => Logger.overrideLogger(false));

describeOnEachEngine('A probe of a database', ({ engine, open }) => {
  let main: TestDatabase;
  let own: TestDatabase;
  const table = freshName();
  const opened: WatchedBackend[] = [];

  beforeAll(async () => {
    [main, own] = [await open(), await open()];
    await createTable(own.connection, personTable(table));
    const long = 'x'.repeat(101);
    await insertRows(own.connection, table, [
      aPersonRow('anna', { pw: 'a-stored-hash' }), aPersonRow('no.mail', { email: '', customer_id: '' }), aPersonRow(long), aPersonRow('odd', { first_name: 'M\uFFFDller' }),
    ]);
  });

  afterAll(() => Promise.all(opened.map(({ backend }) => backend.close())));

  async function watched(params: Record<string, unknown>, block: Record<string, unknown> = {}): Promise<WatchedBackend> {
    const made = await openBackend(aCustomerUserBlock({ ...block, CacheTTL: 0, Params: { Table: table, Url: own.url, ...params } }), drivers, contextOn(main));
    opened.push(made);
    return made;
  }

  const stepsOf = async (made: WatchedBackend) => {
    const { steps } = await probeBackend(made);
    return steps.map(({ step, state, failure }) => `${step} ${failure?.code ?? state}`);
  };

  it('shows rows as stored beside what the Map makes of them, without secrets, and what is odd about them', async () => {
    const { steps, rows, state } = await probeBackend(await watched({}));

    expect([state, steps.map((step) => step.state)]).toEqual(['ok', ['ok', 'ok', 'ok', 'ok']]);
    expect(rows).toHaveLength(4);
    const rowOf = (login: string) => rows.find(({ mapped }) => mapped['UserLogin'] === login);
    expect(rowOf('anna')).toMatchObject({ raw: { login: ['anna'], customer_id: ['ACME'], phone: [], valid_id: ['1'] }, mapped: { UserLogin: 'anna', UserPhone: '', ValidID: 1 }, warnings: [] });
    expect(JSON.stringify(rows)).not.toMatch(/a-stored-hash|UserPassword|"pw"/);
    expect(rowOf('no.mail')?.warnings).toEqual([{ code: 'without-email', variable: 'UserEmail' }, { code: 'without-customer', variable: 'UserCustomerID' }]);
    expect(rowOf('x'.repeat(101))?.warnings).toEqual([{ code: 'too-long', variable: 'UserLogin' }]);
    expect(rowOf('odd')?.warnings).toEqual([{ code: 'encoding', variable: 'UserFirstname' }]);
  });

  it('leaves no connection behind', async () => {
    const made = await watched({});
    await probeBackend(made);
    await made.backend.close();
    opened.splice(opened.indexOf(made), 1);
    const statement = engine === 'mariadb'
      ? 'SELECT COUNT(*) AS n FROM information_schema.processlist WHERE db = DATABASE() AND command = \'Sleep\''
      : "SELECT COUNT(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle'";
    const idle = async () => Number((await own.connection.query<{ n: number }>(statement))[0]?.n);
    const before = await idle();

    const probed = await watched({});
    await probeBackend(probed);
    await probed.backend.close();
    opened.splice(opened.indexOf(probed), 1);

    // Connections end a moment later; a hang ends the test.
    while ((await idle()) > before) await new Promise((resolve) => setTimeout(resolve, 20));
  });

  // The embedded server trusts whoever comes in by its socket.
  if (engine !== 'embedded') {
    it('tells a refused account from a server that is away, and leaves it alone at once (faults 7 and 8)', async () => {
      const made = await watched({ User: 'nobody-here', Password: 'wrong-secret' });

      expect(made.health.status).toMatchObject({ state: 'paused', lastFailure: { code: 'refused-account' } });
      expect(await stepsOf(made)).toEqual(['connect ok', 'bind refused-account', 'search skipped', 'map skipped']);
      expect(JSON.stringify(made.health.status)).not.toMatch(/wrong-secret|nobody-here/);
    });
  }

  it('says that a table or a database is not there', async () => {
    const made = await watched({});
    await own.connection.execute(`ALTER TABLE ${table} RENAME TO ${table}_away`);
    const away = await probeBackend(made);
    await own.connection.execute(`ALTER TABLE ${table}_away RENAME TO ${table}`);

    expect(away.steps[2]).toMatchObject({ step: 'search', failure: { code: 'refused-question', detail: `Params.Table: table "${table}" does not exist` } });
    expect(await stepsOf(await watched({ Url: own.url.replace(/clientele_[0-9a-f]{12}/, 'clientele_no_such') }))).toEqual(['connect refused-question', 'bind skipped', 'search skipped', 'map skipped']);
  });
});
