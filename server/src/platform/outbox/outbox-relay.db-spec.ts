import { setTimeout as pause } from 'node:timers/promises';
import { describeOnEachEngine, type TestDatabase } from '../../../testing/databases.js';
import { makeHelpdesk } from '../../../testing/helpdesk-schema.js';
import type { Actor } from '../../kernel/actor.js';
import type { Connection } from '../persistence/database.js';
import { openConnection } from '../persistence/open-connection.js';
import { TypeOrmUnitOfWork } from '../persistence/typeorm-unit-of-work.js';
import { OutboxBell } from './outbox-bell.js';
import { OutboxHandlers, type OutboxMessage } from './outbox-handlers.js';
import { OutboxRelay, relayDefaults, type RelayOptions } from './outbox-relay.js';
import { OutboxRepository } from './outbox.repository.js';

const actor: Actor = { kind: 'system', id: '1', login: 'system', name: 'System', hostUserId: 1, correlationId: 'c-1' };

describeOnEachEngine('the outbox', ({ open }) => {
  let database: TestDatabase;
  let connection: Connection;
  let moment: Date;
  let bell: OutboxBell;
  let handlers: OutboxHandlers;
  let failures: string[];
  let relays: OutboxRelay[];
  const clock = { now: () => moment };

  beforeAll(async () => {
    database = await open();
    connection = database.connection;
    await makeHelpdesk(connection);
  });
  beforeEach(async () => {
    await connection.execute('DELETE FROM clientele_outbox');
    moment = new Date('2026-11-21T20:00:00Z');
    bell = new OutboxBell();
    handlers = new OutboxHandlers();
    failures = [];
    relays = [];
  });
  afterEach(async () => {
    await Promise.all(relays.map((relay) => relay.stop()));
  });

  const startRelay = (options: Partial<RelayOptions> = {}, on: Connection = connection): OutboxRelay => {
    const relay = new OutboxRelay(new OutboxRepository(on), handlers, bell, clock, (what) => failures.push(what), {
      ...relayDefaults,
      pollMs: 60_000,
      ...options,
    });
    relays.push(relay);
    relay.start();
    return relay;
  };
  const publish = (...subjects: string[]): Promise<void> =>
    new TypeOrmUnitOfWork(connection, clock, bell).run(actor, async (transaction) => {
      for (const subject of subjects) {
        transaction.publish({ topic: 'customer-user.created', subject, payload: { login: subject, many: ['ü', 1] } });
      }
    });
  const left = (): Promise<{ attempts: number; failure: string | null; dead_at: Date | null }[]> =>
    connection.query('SELECT attempts, failure, dead_at FROM clientele_outbox ORDER BY id');
  const dueAt = async (): Promise<number | undefined> => {
    const [message] = await connection.query<{ due_at: Date }>('SELECT due_at FROM clientele_outbox');
    return message?.due_at.getTime();
  };
  const listen = (topics: string, handle: (message: OutboxMessage, signal: AbortSignal) => Promise<void>): void =>
    handlers.add({ topics, handle });

  it('brings a message to everybody who listens to its topic, right after the commit, and forgets it', async () => {
    const heard: string[] = [];
    listen('customer-user.', async ({ subject, payload }) => void heard.push(`people: ${subject} ${JSON.stringify(payload)}`));
    listen('', async ({ topic, correlationId }) => void heard.push(`all: ${topic} ${correlationId}`));
    listen('customer.', async () => void heard.push('customers'));
    startRelay();

    await publish('anna');
    await until(async () => (await left()).length === 0);

    expect(heard).toEqual(['people: anna {"login":"anna","many":["ü",1]}', 'all: customer-user.created c-1']);
  });

  it('finds messages that another process has left, without a bell', async () => {
    const heard: string[] = [];
    listen('', async ({ subject }) => void heard.push(subject));
    startRelay({ pollMs: 50 });
    bell = new OutboxBell();

    await publish('anna');
    await until(async () => heard.length === 1);

    expect(heard).toEqual(['anna']);
  });

  it('is done with what nobody listens to', async () => {
    startRelay();

    await publish('anna', 'boris');

    await until(async () => (await left()).length === 0);
  });

  it('brings each message once when two relays work on two machines', async () => {
    const subjects = Array.from({ length: 300 }, (_, number) => `person ${number}`);
    const heard: string[] = [];
    listen('', async ({ subject }) => {
      heard.push(subject);
      await pause(1);
    });
    const other = await openConnection(database.url);
    await publish(...subjects);

    startRelay({ batchSize: 20 });
    startRelay({ batchSize: 20 }, other);
    await until(async () => (await left()).length === 0);

    expect(heard).toHaveLength(300);
    expect(new Set(heard)).toEqual(new Set(subjects));
    await Promise.all(relays.map((relay) => relay.stop()));
    await other.close();
  });

  it('tries again later, and later each time, when a handler fails', async () => {
    const heard: string[] = [];
    listen('', async ({ subject }) => {
      heard.push(subject);
      if (heard.length < 3) throw new Error('not reachable');
    });
    startRelay({ firstPauseMs: 1_000 });

    await publish('anna');
    await until(async () => (await dueAt()) === moment.getTime() + 1_000);
    expect((await left())[0]).toMatchObject({ attempts: 1, failure: 'not reachable' });
    moment = new Date(moment.getTime() + 999);
    bell.ring();
    await pause(100);
    expect(heard).toHaveLength(1);
    moment = new Date(moment.getTime() + 1);
    bell.ring();
    await until(async () => (await dueAt()) === moment.getTime() + 2_000);
    expect(heard).toHaveLength(2);
    moment = new Date(moment.getTime() + 1_999);
    bell.ring();
    await pause(100);
    expect(heard).toHaveLength(2);
    moment = new Date(moment.getTime() + 1);
    bell.ring();

    await until(async () => (await left()).length === 0);
    expect(heard).toHaveLength(3);
    expect(failures).toEqual([]);
  });

  it('gives a message up after so many attempts, keeps it for a person to see, and goes on with the others', async () => {
    const heard: string[] = [];
    listen('', async ({ subject }) => {
      if (subject === 'anna') throw new Error('refused');
      heard.push(subject);
    });
    startRelay({ maximumAttempts: 1 });

    await publish('anna', 'boris');
    await until(async () => (await left()).length === 1);

    expect(heard).toEqual(['boris']);
    expect(await left()).toMatchObject([{ attempts: 1, failure: 'refused', dead_at: moment }]);
    expect(failures).toEqual([expect.stringMatching(/customer-user\.created.* given up after 1 attempts/)]);
  });

  it('does not wait for ever for a handler', async () => {
    listen('', () => new Promise(() => {}));
    startRelay({ handlerTimeoutMs: 50 });

    await publish('anna');

    await until(async () => (await left())[0]?.failure !== null);
    expect((await left())[0]?.failure).toBe('the handler took too long');
  });

  it('brings a message again when the process died over it', async () => {
    const repository = new OutboxRepository(connection);
    await publish('anna');
    await repository.claim(10, moment, 60_000);
    const heard: string[] = [];
    listen('', async ({ subject }) => void heard.push(subject));
    startRelay();
    await pause(100);
    expect(heard).toEqual([]);

    moment = new Date(moment.getTime() + 60_000);
    bell.ring();

    await until(async () => heard.length === 1);
  });

  it('finishes the message at hand when it is stopped, and takes no other', async () => {
    const steps: string[] = [];
    listen('', async ({ subject }) => {
      steps.push(`${subject} in`);
      await pause(80);
      steps.push(`${subject} out`);
    });
    const relay = startRelay();
    await publish('anna', 'boris');
    await until(async () => steps.length === 1);

    await relay.stop();

    expect(steps).toEqual(['anna in', 'anna out']);
    expect(await left()).toEqual([{ attempts: 0, failure: null, dead_at: null }]);
    startRelay();
    await until(async () => steps.length === 4);
  });

  it('goes on by itself after the database was away', async () => {
    const other = await openConnection(database.url, { poolSize: 1 });
    const heard: string[] = [];
    listen('', async ({ subject }) => void heard.push(subject));
    const begin = other.begin.bind(other);
    let isAway = true;
    other.begin = () => (isAway ? Promise.reject(new Error('away')) : begin());
    startRelay({ pollMs: 30 }, other);
    await publish('anna');
    await until(async () => failures.length > 0);

    isAway = false;

    await until(async () => heard.length === 1);
    await Promise.all(relays.map((relay) => relay.stop()));
    await other.close();
  });
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 10_000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('waited too long');
    await pause(10);
  }
}
