import { Logger } from '@nestjs/common';
import type { Clock } from '../kernel/clock.js';
import { deadlineIn } from '../kernel/deadline.js';
import { BackendHealth } from './backend-health.js';
import { CustomerUserDirectory, type DirectoryQuery } from './directory.js';
import { GuardedBackend } from './guarded-backend.js';
import { AmbiguousKey, StoreFailure } from './store-failure.js';
import { aFakeBackend } from './testing/fake-backend.js';

const query: DirectoryQuery = { search: null, backendId: null, customerId: null, email: null, validity: 'all', limit: 2, cursor: null };
const soon = () => deadlineIn(10_000);

beforeAll(() => Logger.overrideLogger(false));

function aHealth() {
  let now = Date.parse('2026-11-21T10:00:00Z');
  const clock: Clock = { now: () => new Date(now) };
  const health = new BackendHealth('Staff', clock);
  const fail = (error: Error = new Error('SELECT pw: hunter2'), deadline = soon()) =>
    health.ask(() => Promise.reject(error), deadline).then(() => { throw new Error('it answered'); }, (failure: unknown) => failure);
  return { health, clock, fail, wait: (milliseconds: number) => void (now += milliseconds), answer: () => health.ask(async () => 'yes', soon()) };
}

describe('How a backend is doing', () => {
  it('is not known before it was asked', () => {
    expect(aHealth().health.status).toEqual({
      backendId: 'Staff', state: 'unknown', since: null, lastFailure: null, lastAnswerAt: null, nextAttemptAt: null, latencyMs: null,
    });
  });

  it('is told since its first failure in the row, by the last one, and no more once it answers', async () => {
    const { health, fail, wait, answer } = aHealth();

    await fail();
    wait(60_000);
    await fail(new StoreFailure('unreachable', 'the directory refuses the connection'));
    const failing = health.status;
    wait(60_000);
    await answer();

    expect(failing).toMatchObject({ state: 'failing', since: '2026-11-21T10:00:00.000Z', lastFailure: { code: 'unreachable', detail: 'the directory refuses the connection' } });
    expect(health.status).toMatchObject({ state: 'ok', since: null, lastFailure: null, lastAnswerAt: '2026-11-21T10:02:00.000Z', latencyMs: expect.any(Number) });
    expect(health.measures).toMatchObject({ answers: 1, failures: 2 });
  });

  it('quotes nothing of errors that are not known', async () => {
    const { health, fail } = aHealth();

    await fail();

    expect(JSON.stringify(health.status)).not.toContain('hunter2');
    expect(health.status.lastFailure?.code).toBe('unknown');
  });

  it('is paused after three failures: who asks then is told why at once, and it is not asked', async () => {
    const { health, fail } = aHealth();
    for (let times = 0; times < 3; times += 1) await fail(new StoreFailure('too-late', 'no answer in time'));
    const question = jest.fn(async () => 'yes');

    await expect(health.ask(question, soon())).rejects.toMatchObject({ backendId: 'Staff', since: new Date('2026-11-21T10:00:00Z'), cause: { kind: 'too-late' } });

    expect(question).not.toHaveBeenCalled();
    expect(health.status).toMatchObject({ state: 'paused', nextAttemptAt: '2026-11-21T10:00:05.000Z' });
  });

  it('is not judged by the failures of one request more than once', async () => {
    const { health, fail } = aHealth();
    const deadline = soon();
    const question = jest.fn(async () => 'yes');

    await fail(new Error('lost'), deadline);
    await expect(health.ask(question, deadline)).rejects.toMatchObject({ backendId: 'Staff' });

    expect(question).not.toHaveBeenCalled();
    expect(health.measures.failures).toBe(1);
  });

  it('is not judged by whoever had no patience, nor by a slow count', async () => {
    const { health } = aHealth();
    const never = () => new Promise<never>(() => {});

    for (let times = 0; times < 5; times += 1) await expect(health.ask(never, deadlineIn(5))).rejects.toMatchObject({ backendId: 'Staff' });
    await expect(health.ask(never, deadlineIn(1_050), 'courtesy')).rejects.toMatchObject({ backendId: 'Staff' });

    expect(health.status).toMatchObject({ state: 'unknown', lastFailure: null });
  });

  it('is well when it says that several have one login (fault 15)', async () => {
    const { health, fail } = aHealth();

    for (let times = 0; times < 5; times += 1) await fail(new AmbiguousKey('several entries have this login'));

    expect(health.status).toMatchObject({ state: 'ok', lastFailure: null });
  });

  it('begins with what the start found out', () => {
    const { health } = aHealth();

    health.noteStart(new StoreFailure('refused-account', 'the directory refused the account'));

    expect(health.status).toMatchObject({ state: 'paused', lastFailure: { code: 'refused-account' }, nextAttemptAt: '2026-11-21T10:01:00.000Z' });
  });
});

it('A page asks a backend that failed no second time', async () => {
  const { health } = aHealth();
  const first = aFakeBackend('Staff', ['anna']);
  const directory = new CustomerUserDirectory({ ofKind: () => backends });
  const other = aFakeBackend('Own', ['bert', 'carl', 'dora']);
  const backends = [new GuardedBackend(first, health), other];
  first.turn('failing');

  const page = await directory.page(query, soon());

  expect(page.items.map(({ record }) => record.key)).toEqual(['bert', 'carl']);
  expect(first.asked).toEqual(['search']);
  expect(health.measures.failures).toBe(1);
});
