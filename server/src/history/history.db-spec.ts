import { describeOnEachEngine, type TestDatabase } from '../../testing/databases.js';
import { makeHelpdesk } from '../../testing/helpdesk-schema.js';
import type { HistoryQuery } from '../../contract/history.js';
import type { Actor } from '../kernel/actor.js';
import { OutboxBell } from '../platform/outbox/outbox-bell.js';
import { TypeOrmUnitOfWork } from '../platform/persistence/typeorm-unit-of-work.js';
import type { AuditEntry } from '../platform/persistence/unit-of-work.js';
import { HistoryRepository } from './history.repository.js';
import { HistoryService } from './history.service.js';

const actor: Actor = { kind: 'agent', id: '7', login: 'ada', name: 'Ada Agent', hostUserId: 1, correlationId: 'c-1' };

describeOnEachEngine('the history of a record', ({ open }) => {
  let database: TestDatabase;
  let unitOfWork: TypeOrmUnitOfWork;
  let history: HistoryService;

  beforeAll(async () => {
    database = await open();
    await makeHelpdesk(database.connection);
    const clock = { now: () => new Date('2026-11-21T20:15:30Z') };
    unitOfWork = new TypeOrmUnitOfWork(database.connection, clock, new OutboxBell());
    history = new HistoryService(new HistoryRepository(database.connection));
  });
  beforeEach(async () => {
    await database.connection.execute('DELETE FROM clientele_audit');
    await database.connection.execute('DELETE FROM clientele_subject');
  });

  const write = (key: string, action: AuditEntry['action'], comment = '', formerKey?: string): Promise<void> =>
    unitOfWork.run(actor, async (transaction) => {
      transaction.audit({
        subject: { kind: 'customer-user', key, ...(formerKey === undefined ? {} : { formerKey }) },
        action,
        changes: [{ variable: 'UserComment', from: '', to: comment, secret: false }],
      });
    });
  const read = (key: string, rest: Partial<HistoryQuery> = {}) =>
    history.page({ kind: 'customer-user', key, limit: 50, ...rest });
  const comments = async (key: string): Promise<unknown[]> =>
    (await read(key)).items.map(({ changes }) => changes[0]?.to);

  it('tells who did what and when, field by field, the newest first', async () => {
    await write('anna', 'created', 'first');
    await write('anna', 'changed', 'second');

    const { items, nextCursor } = await read('anna');

    expect(nextCursor).toBeNull();
    expect(items.map(({ action }) => action)).toEqual(['changed', 'created']);
    expect(items[0]).toEqual({
      id: expect.stringMatching(/^\d+$/),
      at: '2026-11-21T20:15:30.000Z',
      actor: { kind: 'agent', login: 'ada', name: 'Ada Agent' },
      action: 'changed',
      changes: [{ variable: 'UserComment', from: '', to: 'second', secret: false }],
      relations: [],
      moreRelations: 0,
      changeId: null,
      undoUntil: null,
      correlationId: 'c-1',
    });
  });

  it('is found by any spelling of the key, composed or not', async () => {
    await write('Jürgen', 'created', 'first');

    expect(await comments('JÜRGEN')).toEqual(['first']);
    expect(await comments('ju\u0308rgen')).toEqual(['first']);
  });

  it('is empty for a record that nothing was written of, and not mixed with a customer of the same key', async () => {
    await write('anna', 'created', 'person');

    expect(await read('nobody')).toEqual({ items: [], nextCursor: null });
    expect(await read('anna', { kind: 'customer' })).toEqual({ items: [], nextCursor: null });
  });

  it('comes in pages that neither repeat nor skip an entry, also when new ones are written meanwhile', async () => {
    for (let number = 1; number <= 5; number++) await write('anna', 'changed', `n${number}`);

    const first = await read('anna', { limit: 2 });
    await write('anna', 'changed', 'n6');
    const second = await read('anna', { limit: 2, cursor: first.nextCursor ?? '' });
    const third = await read('anna', { limit: 2, cursor: second.nextCursor ?? '' });

    const seen = [first, second, third].flatMap(({ items }) => items.map(({ changes }) => changes[0]?.to));
    expect(seen).toEqual(['n5', 'n4', 'n3', 'n2', 'n1']);
    expect(third.nextCursor).toBeNull();
  });

  it('refuses a cursor that is forged, damaged, or of another record', async () => {
    for (const key of ['anna', 'boris']) {
      await write(key, 'created');
      await write(key, 'changed');
    }
    const { nextCursor } = await read('anna', { limit: 1 });

    for (const cursor of ['x', '', Buffer.from("1.1' OR 1=1").toString('base64url')]) {
      await expect(read('anna', { cursor })).rejects.toMatchObject({ code: 'validation.failed' });
    }
    await expect(read('boris', { cursor: nextCursor ?? '' })).rejects.toMatchObject({
      issues: [{ path: 'cursor', code: 'cursor' }],
    });
  });

  it('goes on under the new key after a rename, and begins anew for whoever gets the old one', async () => {
    await write('anna', 'created', 'first');
    await write('anna.new', 'renamed', 'second', 'anna');
    await write('anna.new', 'changed', 'third');
    await write('anna', 'created', 'somebody else');

    expect(await comments('anna.new')).toEqual(['third', 'second', 'first']);
    expect(await comments('anna')).toEqual(['somebody else']);
  });

  it('follows a record through several renames and back', async () => {
    await write('a', 'created', '1');
    await write('b', 'renamed', '2', 'a');
    await write('c', 'renamed', '3', 'b');
    await write('a', 'renamed', '4', 'c');

    expect(await comments('a')).toEqual(['4', '3', '2', '1']);
    expect(await comments('b')).toEqual([]);
  });

  it('keeps the history when only the case of the key changes', async () => {
    await write('anna', 'created', '1');
    await write('Anna', 'renamed', '2', 'anna');

    expect(await comments('anna')).toEqual(['2', '1']);
  });

  it('never mixes two records: who takes a key does not get the history of who had it before', async () => {
    await write('anna', 'created', 'old anna');
    await write('boris', 'created', 'boris');
    await write('anna', 'renamed', 'boris is anna now', 'boris');

    expect(await comments('anna')).toEqual(['boris is anna now', 'boris']);
  });

  it('has one line of history when two writers begin it at once', async () => {
    await Promise.all([1, 2, 3, 4, 5].map((number) => write('anna', 'changed', `n${number}`)));

    expect((await read('anna')).items).toHaveLength(5);
    expect(await database.connection.query('SELECT COUNT(*) AS subjects FROM clientele_subject')).toEqual([{ subjects: 1 }]);
  });
});
