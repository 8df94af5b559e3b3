import { describeOnEachEngine, type TestDatabase } from '../../../testing/databases.js';
import { makeHelpdesk } from '../../../testing/helpdesk-schema.js';
import type { Job } from '../../../contract/job.js';
import type { Actor } from '../../kernel/actor.js';
import { BackendUnavailable } from '../../kernel/errors.js';
import { OutboxBell } from '../outbox/outbox-bell.js';
import type { Connection } from '../persistence/database.js';
import { portable } from '../persistence/sql.js';
import { TypeOrmUnitOfWork } from '../persistence/typeorm-unit-of-work.js';
import type { UnitOfWork } from '../persistence/unit-of-work.js';
import { type Batch, JobHandlers, type JobHandler, type RunningJob } from './job.js';
import { JobRunner, runnerDefaults, type RunnerOptions } from './job-runner.js';
import { JobsRepository } from './jobs.repository.js';
import { JobsService } from './jobs.service.js';

const actor: Actor = { kind: 'agent', id: '7', login: 'ada', name: 'Ada Agent', hostUserId: 1, correlationId: 'c-1' };
const dayMs = 86_400_000;

describeOnEachEngine('jobs', ({ open }) => {
  let database: TestDatabase;
  let main: Connection;
  let unitOfWork: UnitOfWork;
  let repository: JobsRepository;
  let now: Date;
  const clock = { now: () => now };
  const runners: JobRunner[] = [];

  beforeAll(async () => {
    database = await open();
    main = database.connection;
    await makeHelpdesk(main);
    await main.execute('CREATE TABLE thing (name VARCHAR(50) NOT NULL)');
    unitOfWork = new TypeOrmUnitOfWork(main, clock, new OutboxBell());
    repository = new JobsRepository(main);
  });
  beforeEach(async () => {
    now = new Date('2026-11-22T10:00:00.000Z');
    for (const table of ['thing', 'clientele_job', 'clientele_job_entry', 'clientele_outbox']) await main.execute(`DELETE FROM ${table}`);
  });
  afterEach(async () => {
    await Promise.all(runners.splice(0).map((runner) => runner.stop()));
  });

  it('does batch after batch, and tells what became of each entry', async () => {
    const { runner, jobs } = aRunner(makesThings({ batches: 3 }));
    const jobId = await ask(jobs);

    runner.start();
    const job = await until(jobs, jobId, ({ state }) => state === 'done');

    expect(job).toMatchObject({
      progress: { done: 9, total: 9 }, result: { changed: 3, unchanged: 3, failed: 3 }, createdBy: 'Ada Agent', failure: null,
      finishedAt: '2026-11-22T10:00:00.000Z', undo: { until: '2026-11-22T10:30:00.000Z', jobId: null },
    });
    expect(await things()).toEqual(['0', '1', '2']);
    const failed = await jobs.entries(jobId, { state: 'failed', limit: 2 });
    expect(failed.items).toEqual([{ key: 'failed-0', state: 'failed', code: 'unknown' }, { key: 'failed-1', state: 'failed', code: 'unknown' }]);
    const rest = await jobs.entries(jobId, { state: 'failed', limit: 2, cursor: failed.nextCursor ?? '' });
    expect(rest).toEqual({ items: [{ key: 'failed-2', state: 'failed', code: 'unknown' }], nextCursor: null });
    const events = await main.query<{ topic: string }>('SELECT topic FROM clientele_outbox');
    expect(events).toEqual([{ topic: 'job.finished' }]);
  });

  it('is done once, however many processes look for it', async () => {
    const several = [1, 2, 3, 4].map(() => aRunner(makesThings({ batches: 8 })));
    const { jobs } = aRunner(makesThings({ batches: 8 }));
    const jobIds = await Promise.all([1, 2, 3].map(() => ask(jobs)));

    for (const { runner } of several) runner.start();
    for (const jobId of jobIds) await until(jobs, jobId, ({ state }) => state === 'done');

    const numbers = Array.from({ length: 8 }, (_, number) => String(number));
    expect(await things()).toEqual(numbers.flatMap((number) => [number, number, number]));
  });

  it('goes on from its last batch when the process that did it is gone, and that one cannot come back', async () => {
    const { jobs } = aRunner(makesThings({ batches: 3 }));
    const jobId = await ask(jobs);
    let letGo = (): void => {};
    const stuck = new Promise<void>((resolve) => (letGo = resolve));
    const lost = aRunner(makesThings({ batches: 3, beforeBatch: (number) => (number === 1 ? stuck : Promise.resolve()) }));
    lost.runner.start();
    await until(jobs, jobId, ({ progress }) => progress.done === 3);

    now = new Date(now.getTime() + runnerDefaults.leaseMs + 1_000);
    const next = aRunner(makesThings({ batches: 3 }));
    next.runner.start();
    await until(jobs, jobId, ({ state }) => state === 'done');
    letGo();
    await lost.runner.stop();

    expect(await things()).toEqual(['0', '1', '2']);
    expect(await jobs.get(jobId)).toMatchObject({ state: 'done', progress: { done: 9 } });
  });

  it('is given back when the server stops, and goes on with the next one', async () => {
    const first = aRunner(makesThings({ batches: 30 }), { restMs: 20 });
    const jobId = await ask(first.jobs);
    first.runner.start();
    await until(first.jobs, jobId, ({ progress }) => progress.done >= 3);

    await first.runner.stop();
    expect(await first.jobs.get(jobId)).toMatchObject({ state: 'waiting', failure: null });
    aRunner(makesThings({ batches: 30 })).runner.start();
    await until(first.jobs, jobId, ({ state }) => state === 'done');

    expect((await things()).length).toBe(30);
  });

  it('ends between two batches when it is cancelled, and keeps what is done', async () => {
    const { runner, jobs } = aRunner(makesThings({ batches: 1_000 }));
    const jobId = await ask(jobs);
    runner.start();
    await until(jobs, jobId, ({ progress }) => progress.done >= 3);

    await jobs.cancel(actor, jobId);
    const job = await until(jobs, jobId, ({ state }) => state === 'cancelled');

    expect((await things()).length).toBe(job.result.changed);
    expect(job.result.changed).toBeLessThan(1_000);
    await expect(jobs.cancel(actor, jobId)).rejects.toMatchObject({ code: 'job.finished' });
  });

  it('is cancelled at once while it waits', async () => {
    const { jobs } = aRunner(makesThings({ batches: 3 }));
    const jobId = await ask(jobs);

    expect(await jobs.cancel(actor, jobId)).toMatchObject({ state: 'cancelled', undo: null });
    expect(await things()).toEqual([]);
  });

  it('waits while a backend is away and says so, and goes on when it is back', async () => {
    let isAway = true;
    const { runner, jobs } = aRunner(makesThings({ batches: 2, beforeBatch: () => (isAway ? Promise.reject(new BackendUnavailable('X')) : Promise.resolve()) }));
    const jobId = await ask(jobs);
    runner.start();
    await until(jobs, jobId, ({ failure }) => failure === 'backend.unavailable');

    isAway = false;
    now = new Date(now.getTime() + 2_000);
    const job = await until(jobs, jobId, ({ state }) => state === 'done');

    expect(job).toMatchObject({ failure: null, result: { changed: 2 } });
  });

  it('is given up with a plain code when that takes too long', async () => {
    const handler = makesThings({ batches: 2, beforeBatch: () => Promise.reject(new BackendUnavailable('X')) });
    const { runner, jobs } = aRunner(handler, { maximumAttempts: 3, firstPauseMs: 0 });
    const jobId = await ask(jobs);
    runner.start();

    expect(await until(jobs, jobId, ({ state }) => state === 'failed')).toMatchObject({ failure: 'backend.unavailable', undo: null });
  });

  it('is never given up, nor cancelled, where half of it would be worse than none', async () => {
    let failures = 0;
    const handler: JobHandler = {
      ...makesThings({ batches: 2, beforeBatch: () => (failures++ < 6 ? Promise.reject(new TypeError('a defect')) : Promise.resolve()) }),
      onTrouble: 'finish',
    };
    const { runner, jobs } = aRunner(handler, { maximumAttempts: 3, firstPauseMs: 0 });
    const jobId = await ask(jobs);

    await expect(jobs.cancel(actor, jobId)).rejects.toMatchObject({ code: 'job.must-finish' });
    runner.start();

    expect(await until(jobs, jobId, ({ state }) => state === 'done')).toMatchObject({ result: { changed: 2 } });
  });

  it('is taken back by one other job, however often that is asked for, within half an hour', async () => {
    const { runner, jobs } = aRunner(makesThings({ batches: 1 }));
    const [jobId, later] = [await ask(jobs), await ask(jobs)];
    await expect(jobs.undo(actor, jobId)).rejects.toMatchObject({ code: 'job.running' });
    runner.start();
    for (const id of [jobId, later]) await until(jobs, id, ({ state }) => state === 'done');
    await runner.stop();

    const [first, second] = [await jobs.undo(actor, jobId), await jobs.undo(actor, jobId)];
    now = new Date(now.getTime() + 30 * 60_000);

    expect(first).toMatchObject({ kind: 'undo', request: { jobId }, state: 'waiting' });
    expect(second.jobId).toBe(first.jobId);
    expect(await jobs.get(jobId)).toMatchObject({ undo: { jobId: first.jobId } });
    await expect(jobs.undo(actor, later)).rejects.toMatchObject({ code: 'undo.expired' });
  });

  it('is forgotten, with its entries, 90 days after its end', async () => {
    const { runner, jobs } = aRunner(makesThings({ batches: 3 }));
    const [old, young] = [await ask(jobs), await ask(jobs)];
    runner.start();
    for (const id of [old, young]) await until(jobs, id, ({ state }) => state === 'done');
    await main.execute(portable(main.engine, 'UPDATE clientele_job SET finished_at = ? WHERE id = ?'), [new Date(now.getTime() - 91 * dayMs), old]);

    const later = aRunner(makesThings({ batches: 3 }));
    later.runner.start();
    await gone(old);

    expect(await jobs.get(young)).toMatchObject({ state: 'done' });
    const entries = await main.query<{ job: number | string }>('SELECT DISTINCT job_id AS job FROM clientele_job_entry');
    expect(entries.map(({ job }) => String(job))).toEqual([young]);
  });

  it('lists the newest first, a page at a time', async () => {
    const { jobs } = aRunner(makesThings({ batches: 1 }));
    const ids = [await ask(jobs), await ask(jobs), await ask(jobs)];

    const first = await jobs.page({ limit: 2 });
    const second = await jobs.page({ limit: 2, cursor: first.nextCursor ?? '' });

    expect(first.items.map(({ jobId }) => jobId)).toEqual([ids[2], ids[1]]);
    expect(second.items.map(({ jobId }) => jobId)).toEqual([ids[0]]);
    expect(second.nextCursor).toBeNull();
    await expect(jobs.page({ limit: 2, cursor: 'nonsense' })).rejects.toMatchObject({ code: 'validation.failed' });
    await expect(jobs.get('nonsense')).rejects.toMatchObject({ code: 'not-found' });
  });

  function aRunner(handler: JobHandler, options: Partial<RunnerOptions> = {}): { runner: JobRunner; jobs: JobsService } {
    const handlers = new JobHandlers();
    handlers.add(handler);
    const runner = new JobRunner(repository, handlers, unitOfWork, clock, () => {}, { ...runnerDefaults, pollMs: 20, restMs: 1, ...options });
    runners.push(runner);
    return { runner, jobs: new JobsService(repository, handlers, runner, unitOfWork, clock) };
  }

  function ask(jobs: JobsService): Promise<string> {
    return unitOfWork.run(actor, (transaction) => jobs.add(transaction, { kind: 'bulk-relation', request: { what: 'things' }, total: null }));
  }

  async function things(): Promise<string[]> {
    const rows = await main.query<{ name: string }>('SELECT name FROM thing ORDER BY name');
    return rows.map(({ name }) => name);
  }

  async function gone(jobId: string): Promise<void> {
    await waitFor(async () => (await repository.find(jobId)) === null);
  }
});

/** Each batch makes a thing and tells of three entries. */
function makesThings({ batches, beforeBatch = () => Promise.resolve() }: { batches: number; beforeBatch?: (number: number) => Promise<void> }): JobHandler {
  return {
    kind: 'bulk-relation',
    onTrouble: 'give-up',
    undoableForMs: 30 * 60_000,
    prepare: async ({ checkpoint }: RunningJob): Promise<Batch> => {
      const number = Number(checkpoint ?? 0);
      await beforeBatch(number);
      return async ({ database }) => {
        await database.execute(portable(database.engine, 'INSERT INTO thing (name) VALUES (?)'), [String(number)]);
        return {
          checkpoint: number + 1,
          changed: 0,
          total: batches * 3,
          isLast: number + 1 === batches,
          entries: [
            { key: `changed-${number}`, state: 'changed', code: null, note: { number } },
            { key: `unchanged-${number}`, state: 'unchanged', code: null },
            { key: `failed-${number}`, state: 'failed', code: 'unknown' },
          ],
        };
      };
    },
  };
}

async function until(jobs: JobsService, jobId: string, holds: (job: Job) => boolean): Promise<Job> {
  let job = await jobs.get(jobId);
  await waitFor(async () => holds((job = await jobs.get(jobId))));
  return job;
}

async function waitFor(holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 30_000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('waited too long');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
