import { describeOnEachEngine, type TestDatabase } from '../../../testing/databases.js';
import { makeHelpdesk } from '../../../testing/helpdesk-schema.js';
import type { Actor } from '../../kernel/actor.js';
import { OutboxBell } from '../outbox/outbox-bell.js';
import { UniqueViolation } from './database-errors.js';
import type { Connection } from './database.js';
import { openConnection } from './open-connection.js';
import { TypeOrmUnitOfWork } from './typeorm-unit-of-work.js';
import type { AuditEntry, Transaction } from './unit-of-work.js';

const now = new Date('2026-11-21T20:15:30.789Z');
const actor: Actor = { kind: 'agent', id: '7', login: 'ada', name: 'Ada Agent', hostUserId: 1, correlationId: 'c-1' };

describeOnEachEngine('a unit of work', ({ open }) => {
  let database: TestDatabase;
  let main: Connection;
  let bell: OutboxBell;
  let unitOfWork: TypeOrmUnitOfWork;

  beforeAll(async () => {
    database = await open();
    main = database.connection;
    await makeHelpdesk(main);
    await main.execute('CREATE TABLE thing (name VARCHAR(50) NOT NULL PRIMARY KEY, amount INTEGER)');
  });
  beforeEach(async () => {
    for (const table of ['thing', 'clientele_audit', 'clientele_subject', 'clientele_outbox']) {
      await main.execute(`DELETE FROM ${table}`);
    }
    bell = new OutboxBell();
    unitOfWork = new TypeOrmUnitOfWork(main, { now: () => now }, bell);
  });

  const counts = async (): Promise<Record<string, number>> => {
    const [row] = await main.query<Record<string, number>>(
      `SELECT (SELECT COUNT(*) FROM thing) AS things, (SELECT COUNT(*) FROM clientele_audit) AS audits,
              (SELECT COUNT(*) FROM clientele_outbox) AS messages`,
    );
    return row ?? {};
  };

  it('stores the change, who made it, and the message of it together', async () => {
    const result = await unitOfWork.run(actor, async (transaction) => {
      await addThing(transaction, 'lamp');
      transaction.audit(created('anna', [{ variable: 'UserFirstname', from: null, to: 'Anna', secret: false }]));
      transaction.publish({ topic: 'customer-user.created', subject: 'anna', payload: { login: 'anna' } });
      return 'done';
    });

    expect(result).toBe('done');
    expect(await main.query('SELECT name FROM thing')).toEqual([{ name: 'lamp' }]);
    const [audit] = await main.query('SELECT * FROM clientele_audit');
    expect(audit).toMatchObject({
      at: new Date('2026-11-21T20:15:30Z'), actor_kind: 'agent', actor_id: '7', actor_login: 'ada', actor_name: 'Ada Agent',
      subject_kind: 'customer-user', subject_key: 'anna', action: 'created', correlation_id: 'c-1',
    });
    expect(JSON.parse(String(audit?.changes))).toEqual([{ variable: 'UserFirstname', from: null, to: 'Anna', secret: false }]);
    const [message] = await main.query('SELECT * FROM clientele_outbox');
    expect(message).toMatchObject({ topic: 'customer-user.created', subject: 'anna', correlation_id: 'c-1', attempts: 0 });
  });

  it('leaves nothing behind when the work fails after it has written', async () => {
    const failing = unitOfWork.run(actor, async (transaction) => {
      await addThing(transaction, 'lamp');
      transaction.audit(created('anna'));
      transaction.publish({ topic: 'customer-user.created', subject: 'anna', payload: {} });
      throw new Error('changed my mind');
    });

    await expect(failing).rejects.toThrow('changed my mind');
    expect(await counts()).toEqual({ things: 0, audits: 0, messages: 0 });
  });

  it('runs what is to follow once the change is there for everybody, and also when nothing came of it', async () => {
    const seen: unknown[] = [];
    const look = async () => void seen.push((await counts())['things'] ?? null);

    await unitOfWork.run(actor, async (transaction) => {
      transaction.afterEnd(look);
      await addThing(transaction, 'lamp');
    });
    const failing = unitOfWork.run(actor, async (transaction) => {
      transaction.afterEnd(look);
      await addThing(transaction, 'lamp');
    });

    await expect(failing).rejects.toBeInstanceOf(UniqueViolation);
    expect(seen.map(Number)).toEqual([1, 1]);
  });

  it('leaves nothing behind when the row of the history cannot be written', async () => {
    const failing = unitOfWork.run(actor, async (transaction) => {
      await addThing(transaction, 'lamp');
      transaction.audit(created('x'.repeat(300)));
    });

    await expect(failing).rejects.toThrow();
    expect(await counts()).toEqual({ things: 0, audits: 0, messages: 0 });
  });

  it('never writes a secret into the history', async () => {
    const betraying = unitOfWork.run(actor, async (transaction) => {
      await addThing(transaction, 'lamp');
      transaction.audit(created('anna', [{ variable: 'UserPassword', from: null, to: 'geheim', secret: true }]));
    });

    await expect(betraying).rejects.toThrow(/UserPassword/);
    await expect(betraying).rejects.not.toThrow(/geheim/);
    expect(await counts()).toEqual({ things: 0, audits: 0, messages: 0 });
  });

  it('keeps long values whole', async () => {
    const long = 'ä👩‍💻'.repeat(20_000);

    await unitOfWork.run(actor, async (transaction) => {
      transaction.audit(created('anna', [{ variable: 'UserComment', from: null, to: long, secret: false }]));
    });

    const [audit] = await main.query<{ changes: string }>('SELECT changes FROM clientele_audit');
    expect(JSON.parse(audit?.changes ?? '')).toEqual([{ variable: 'UserComment', from: null, to: long, secret: false }]);
  });

  it('rings the bell after the commit, and only when there is a message', async () => {
    const seen: number[] = [];
    const counted: Promise<void>[] = [];
    bell.onRing(() => counted.push(counts().then(({ messages }) => void seen.push(messages ?? 0))));

    await unitOfWork.run(actor, (transaction) => addThing(transaction, 'lamp'));
    await unitOfWork.run(actor, async (transaction) => {
      transaction.publish({ topic: 'customer.created', subject: 'acme', payload: {} });
    });
    await Promise.all(counted);

    expect(seen).toEqual([1]);
  });

  it('answers the main database for itself, so that a backend of its own writes in the same transaction', async () => {
    await unitOfWork.run(actor, async (transaction) => {
      expect(await transaction.on(main)).toBe(transaction.database);
    });
  });

  it('holds a named lock until its end: writers of one name queue up', async () => {
    const steps: string[] = [];
    const writer = (name: string): Promise<void> =>
      unitOfWork.run(actor, async (transaction) => {
        await transaction.lock(['login:anna', 'email:a@example.org']);
        steps.push(`${name} in`);
        await new Promise((resolve) => setTimeout(resolve, 60));
        steps.push(`${name} out`);
      });

    await Promise.all([writer('a'), writer('b'), writer('c')]);

    const order = steps.map((step) => step.split(' ')[0]);
    expect(steps).toHaveLength(6);
    for (const first of [0, 2, 4]) expect(order[first]).toBe(order[first + 1]);
  });

  it('lets writers of different names work at the same time', async () => {
    let isInside = false;
    let metInside = false;
    const meet = (name: string): Promise<void> =>
      unitOfWork.run(actor, async (transaction) => {
        await transaction.lock([name]);
        if (isInside) metInside = true;
        isInside = true;
        await until(() => metInside);
      });

    await Promise.all([meet('login:anna'), meet('login:boris')]);

    expect(metInside).toBe(true);
  });

  it('locks in one order, so that writers who name the same things differently do not stop each other', async () => {
    const names = Array.from({ length: 40 }, (_, number) => `login:${number}`);

    await Promise.all(
      [names, [...names].reverse(), [...names].sort()].flatMap((order) =>
        [1, 2, 3].map(() => unitOfWork.run(actor, (transaction) => transaction.lock(order))),
      ),
    );
  });

  it('is run again as a whole when two units stop each other', async () => {
    await main.execute("INSERT INTO thing (name, amount) VALUES ('a', 0), ('b', 0)");
    let runs = 0;
    const arrived = new Set<string>();
    const touch = (first: string, second: string): Promise<void> =>
      unitOfWork.run(actor, async (transaction) => {
        runs += 1;
        await increase(transaction, first);
        arrived.add(first);
        await until(() => arrived.size === 2);
        await increase(transaction, second);
      });

    await Promise.all([touch('a', 'b'), touch('b', 'a')]);

    expect(runs).toBeGreaterThan(2);
    expect(await main.query('SELECT name, amount FROM thing ORDER BY name')).toEqual([
      { name: 'a', amount: 2 },
      { name: 'b', amount: 2 },
    ]);
  });

  it('gives any other refusal of the database to the caller at once', async () => {
    let runs = 0;
    const failing = unitOfWork.run(actor, async (transaction) => {
      runs += 1;
      await addThing(transaction, 'lamp');
      await addThing(transaction, 'lamp');
    });

    await expect(failing).rejects.toThrow(UniqueViolation);
    expect(runs).toBe(1);
  });

  it('says that the database is unavailable when it is lost before the commit, and nothing of the work is there', async () => {
    const lost = unitOfWork.run(actor, async (transaction) => {
      await addThing(transaction, 'lamp');
      await killMyself(transaction, main);
    });

    await expect(lost).rejects.toMatchObject({ code: 'database.unavailable' });
    expect(await counts()).toEqual({ things: 0, audits: 0, messages: 0 });
  });

  describe('with a backend in a database of its own', () => {
    let foreign: TestDatabase;

    beforeAll(async () => {
      foreign = await open();
      await foreign.connection.execute('CREATE TABLE person (name VARCHAR(50) NOT NULL PRIMARY KEY)');
    });
    beforeEach(async () => {
      await foreign.connection.execute('DELETE FROM person');
    });

    it('stores both or none', async () => {
      await unitOfWork.run(actor, async (transaction) => {
        await addThing(transaction, 'lamp');
        await (await transaction.on(foreign.connection)).execute("INSERT INTO person (name) VALUES ('anna')");
      });
      const failing = unitOfWork.run(actor, async (transaction) => {
        await addThing(transaction, 'desk');
        await (await transaction.on(foreign.connection)).execute("INSERT INTO person (name) VALUES ('boris')");
        throw new Error('no');
      });

      await expect(failing).rejects.toThrow('no');
      expect(await main.query('SELECT name FROM thing')).toEqual([{ name: 'lamp' }]);
      expect(await foreign.connection.query('SELECT name FROM person')).toEqual([{ name: 'anna' }]);
    });

    it('opens one transaction there, however often it is asked for', async () => {
      await unitOfWork.run(actor, async (transaction) => {
        const [first, second] = await Promise.all([transaction.on(foreign.connection), transaction.on(foreign.connection)]);

        expect(first).toBe(second);
      });
    });

    it('stores nothing in the main database when the other one refuses its commit', async () => {
      const failing = unitOfWork.run(actor, async (transaction) => {
        await addThing(transaction, 'lamp');
        const there = await transaction.on(foreign.connection);
        await there.execute("INSERT INTO person (name) VALUES ('anna')");
        await killSession(there, foreign.connection);
      });

      await expect(failing).rejects.toMatchObject({ code: 'database.unavailable' });
      expect(await counts()).toMatchObject({ things: 0 });
      expect(await foreign.connection.query('SELECT name FROM person')).toEqual([]);
    });
  });

  it('has its connections back after all that', async () => {
    const single = await openConnection(database.url, { poolSize: 1 });
    const units = new TypeOrmUnitOfWork(single, { now: () => now }, bell);

    for (let round = 0; round < 5; round++) {
      await units.run(actor, () => Promise.reject(new Error('no'))).catch(() => {});
      await units.run(actor, (transaction) => addThing(transaction, `thing ${round}`));
    }

    expect(await counts()).toMatchObject({ things: 5 });
    await single.close();
  });
});

function created(key: string, changes: AuditEntry['changes'] = []): AuditEntry {
  return { subject: { kind: 'customer-user', key }, action: 'created', changes };
}

async function addThing(transaction: Transaction, name: string): Promise<void> {
  await transaction.database.execute(`INSERT INTO thing (name) VALUES ('${name}')`);
}

async function increase(transaction: Transaction, name: string): Promise<void> {
  await transaction.database.execute(`UPDATE thing SET amount = amount + 1 WHERE name = '${name}'`);
}

function killMyself({ database }: Transaction, others: Connection): Promise<void> {
  return killSession(database, others);
}

/** Ends the session of `victim` from another one, as a crash of the server would. */
async function killSession(victim: Transaction['database'], others: Connection): Promise<void> {
  if (victim.engine === 'postgres') {
    const [row] = await victim.query<{ id: number }>('SELECT pg_backend_pid() AS id');
    await others.query('SELECT pg_terminate_backend($1)', [row?.id]);
    return;
  }
  const [row] = await victim.query<{ id: number }>('SELECT CONNECTION_ID() AS id');
  await others.execute(`KILL CONNECTION ${row?.id}`);
}

async function until(holds: () => boolean): Promise<void> {
  const end = performance.now() + 5_000;
  while (!holds()) {
    if (performance.now() > end) throw new Error('waited too long');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
