import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Job, JobEntry, type JobEntryQuery, type JobQuery, type NamingTable } from '../../../contract/job.js';
import type { Actor } from '../../kernel/actor.js';
import type { Connection, Database } from '../persistence/database.js';
import { portable } from '../persistence/sql.js';
import type { Transaction } from '../persistence/unit-of-work.js';
import type { BatchResult, JobKind, JobResult, RunningJob } from './job.js';

export interface NewJob {
  readonly kind: JobKind;
  /** As it was asked for: shown to people, and what the handler works from. No secrets. */
  readonly request: Readonly<Record<string, unknown>>;
  readonly total: number | null;
  /** Where it begins; nothing for the very start. */
  readonly checkpoint?: unknown;
  readonly tables?: readonly NamingTable[];
}

/** A job held by this process until `lease` runs out, by the token `owner`. */
export interface ClaimedJob extends RunningJob {
  readonly kind: JobKind;
  readonly owner: string;
  /** Failures in a row, this claim not counted. */
  readonly attempts: number;
}

/** What is known of a job while its row is locked. */
export interface LockedJob {
  readonly job: Job;
  readonly owner: string | null;
  readonly isCancelAsked: boolean;
}

interface Row {
  id: number | string;
  kind: string;
  state: string;
  request: string;
  checkpoint: string;
  report: string | null;
  done: number;
  total: number | null;
  changed: number;
  unchanged: number;
  failed: number;
  actor_kind: Actor['kind'];
  actor_id: string;
  actor_login: string;
  actor_name: string;
  host_user_id: number;
  correlation_id: string;
  created_at: Date;
  owner: string | null;
  attempts: number;
  failure: string | null;
  is_cancel_asked: number;
  finished_at: Date | null;
  undo_until: Date | null;
  undo_job_id: number | string | null;
}

const columns = `id, kind, state, request, checkpoint, report, done, total, changed, unchanged, failed, actor_kind, actor_id, actor_login,
  actor_name, host_user_id, correlation_id, created_at, owner, attempts, failure, is_cancel_asked, finished_at, undo_until, undo_job_id`;

/** Entries of one INSERT. */
const entriesAtOnce = 200;

export class JobsRepository {
  constructor(private readonly connection: Connection) {}

  /** In the transaction of whoever asks for the job: it is there when that one commits, and not before. */
  async add({ database, actor, now }: Transaction, { kind, request, total, checkpoint = null, tables }: NewJob): Promise<string> {
    const insert = `INSERT INTO clientele_job (kind, state, request, checkpoint, report, total, actor_kind, actor_id, actor_login, actor_name,
        host_user_id, correlation_id, created_at, due_at) VALUES (?, 'waiting', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
    const values = [
      kind, JSON.stringify(request), JSON.stringify(checkpoint), tables === undefined ? null : JSON.stringify(tables), total, actor.kind, actor.id, actor.login, actor.name, actor.hostUserId, actor.correlationId, now, now,
    ];
    if (database.engine === 'postgres') {
      const [row] = await database.query<{ id: number | string }>(portable('postgres', `${insert} RETURNING id`), values);
      return String(row?.id);
    }
    await database.execute(insert, values);
    const [row] = await database.query<{ id: number | string }>('SELECT LAST_INSERT_ID() AS id');
    return String(row?.id);
  }

  /** The longest waiting job of these kinds, or one whose process died; nobody else gets it for `leaseMs`. */
  async claim(kinds: readonly JobKind[], now: Date, leaseMs: number): Promise<ClaimedJob | null> {
    if (kinds.length === 0) return null;
    const transaction = await this.connection.begin();
    try {
      const [row] = await transaction.database.query<Row>(
        this.sql(
          `SELECT ${columns} FROM clientele_job WHERE state IN ('waiting', 'running') AND due_at <= ? AND kind IN (${kinds.map(() => '?').join(', ')})
            ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED`,
        ),
        [now, ...kinds],
      );
      const owner = randomUUID();
      if (row !== undefined) {
        await transaction.database.execute(this.sql("UPDATE clientele_job SET state = 'running', owner = ?, due_at = ? WHERE id = ?"), [
          owner, new Date(now.getTime() + leaseMs), row.id,
        ]);
      }
      await transaction.commit();
      return row === undefined ? null : { ...toRunning(row), kind: Job.shape.kind.parse(row.kind), owner, attempts: row.attempts };
    } catch (error) {
      await transaction.rollback().catch(() => {});
      throw error;
    }
  }

  /** Held until the transaction ends: the batch of a job, its cancelling and its undoing come one after the other. */
  async lock(database: Database, jobId: string): Promise<LockedJob | null> {
    const [row] = await database.query<Row>(this.sql(`SELECT ${columns} FROM clientele_job WHERE id = ? FOR UPDATE`), [jobId]);
    return row === undefined ? null : { job: toJob(row), owner: row.owner, isCancelAsked: row.is_cancel_asked === 1 };
  }

  /** What a batch did, in its own transaction. */
  async note(database: Database, jobId: string, result: BatchResult, leaseUntil: Date): Promise<void> {
    const count = (state: JobResult['state']): number => result.entries.filter((entry) => entry.state === state).length;
    await this.addEntries(database, jobId, result.entries);
    await database.execute(
      this.sql(
        `UPDATE clientele_job SET checkpoint = ?, report = COALESCE(?, report), total = COALESCE(?, total), done = done + ?, changed = changed + ?,
                unchanged = unchanged + ?, failed = failed + ?, due_at = ?, attempts = 0, failure = NULL WHERE id = ?`,
      ),
      [
        JSON.stringify(result.checkpoint ?? null), result.tables === undefined ? null : JSON.stringify(result.tables), result.total ?? null,
        result.entries.length + result.changed, count('changed') + result.changed, count('unchanged'), count('failed'), leaseUntil, jobId,
      ],
    );
  }

  async finish(
    database: Database,
    jobId: string,
    end: { state: 'done' | 'cancelled' | 'failed'; failure: string | null; at: Date; undoUntil: Date | null },
  ): Promise<void> {
    await database.execute(
      this.sql('UPDATE clientele_job SET state = ?, failure = ?, finished_at = ?, owner = NULL, undo_until = ? WHERE id = ?'),
      [end.state, end.failure, end.at, end.undoUntil, jobId],
    );
    await database.execute(this.sql('UPDATE clientele_job SET undo_until = NULL WHERE id = ? AND changed = 0'), [jobId]);
  }

  /** Waits again, until `dueAt`; without a failure it does not count as an attempt. Nothing where another process has the job. */
  async giveBack({ jobId, owner }: ClaimedJob, dueAt: Date, failure: string | null): Promise<void> {
    await this.connection.execute(
      this.sql(
        `UPDATE clientele_job SET state = 'waiting', owner = NULL, due_at = ?, failure = ?, attempts = attempts + ? WHERE id = ? AND owner = ?`,
      ),
      [dueAt, failure, failure === null ? 0 : 1, jobId, owner],
    );
  }

  async askForCancel(database: Database, jobId: string): Promise<void> {
    await database.execute(this.sql('UPDATE clientele_job SET is_cancel_asked = 1 WHERE id = ?'), [jobId]);
  }

  async noteUndo(database: Database, jobId: string, undoJobId: string): Promise<void> {
    await database.execute(this.sql('UPDATE clientele_job SET undo_job_id = ? WHERE id = ?'), [undoJobId, jobId]);
  }

  async find(jobId: string): Promise<Job | null> {
    const [row] = await this.connection.query<Row>(this.sql(`SELECT ${columns} FROM clientele_job WHERE id = ?`), [jobId]);
    return row === undefined ? null : toJob(row);
  }

  /** The newest first. */
  async page({ limit }: JobQuery, before: string | null): Promise<Job[]> {
    const rows = await this.connection.query<Row>(
      this.sql(`SELECT ${columns} FROM clientele_job ${before === null ? '' : 'WHERE id < ?'} ORDER BY id DESC LIMIT ${limit + 1}`),
      before === null ? [] : [before],
    );
    return rows.map(toJob);
  }

  /** In the order in which they were done. */
  async entries(
    jobId: string,
    { state, limit }: Pick<JobEntryQuery, 'state' | 'limit'>,
    after: string | null,
    database: Database = this.connection,
  ): Promise<(JobEntry & { id: string; note: unknown })[]> {
    const rows = await database.query<{ id: number | string; entry_key: string; state: string; code: string | null; note: string | null }>(
      this.sql(
        `SELECT id, entry_key, state, code, note FROM clientele_job_entry
          WHERE job_id = ? ${state === undefined ? '' : 'AND state = ?'} ${after === null ? '' : 'AND id > ?'} ORDER BY id LIMIT ${limit + 1}`,
      ),
      [jobId, ...(state === undefined ? [] : [state]), ...(after === null ? [] : [after])],
    );
    return rows.map((row) => ({
      ...JobEntry.parse({ key: row.entry_key, state: row.state, code: row.code }),
      id: String(row.id),
      note: parsed(row.note),
    }));
  }

  /** One bounded step; answers whether there may be more. */
  async forget(finishedBefore: Date, limit: number): Promise<boolean> {
    const [job] = await this.connection.query<{ id: number | string }>(
      this.sql('SELECT id FROM clientele_job WHERE finished_at < ? ORDER BY finished_at, id LIMIT 1'),
      [finishedBefore],
    );
    if (job === undefined) return false;
    const entries = await this.connection.query<{ id: number | string }>(
      this.sql(`SELECT id FROM clientele_job_entry WHERE job_id = ? ORDER BY id LIMIT ${limit}`),
      [job.id],
    );
    if (entries.length === 0) {
      await this.connection.execute(this.sql('DELETE FROM clientele_job WHERE id = ?'), [job.id]);
      return true;
    }
    await this.connection.execute(
      this.sql(`DELETE FROM clientele_job_entry WHERE id IN (${entries.map(() => '?').join(', ')})`),
      entries.map(({ id }) => id),
    );
    return true;
  }

  private async addEntries(database: Database, jobId: string, entries: readonly JobResult[]): Promise<void> {
    for (let start = 0; start < entries.length; start += entriesAtOnce) {
      const some = entries.slice(start, start + entriesAtOnce);
      await database.execute(
        this.sql(
          `INSERT INTO clientele_job_entry (job_id, entry_key, state, code, note) VALUES ${some.map(() => '(?, ?, ?, ?, ?)').join(', ')}`,
        ),
        some.flatMap(({ key, state, code, note }) => [jobId, key, state, code, note === undefined ? null : JSON.stringify(note)]),
      );
    }
  }

  private sql(statement: string): string {
    return portable(this.connection.engine, statement);
  }
}

function toRunning(row: Row): RunningJob {
  return {
    jobId: String(row.id),
    request: parsed(row.request),
    checkpoint: parsed(row.checkpoint),
    actor: {
      kind: row.actor_kind,
      id: row.actor_id,
      login: row.actor_login,
      name: row.actor_name,
      hostUserId: row.host_user_id,
      correlationId: row.correlation_id,
    },
  };
}

function toJob(row: Row): Job {
  return Job.parse({
    jobId: String(row.id),
    kind: row.kind,
    state: row.state,
    progress: { done: row.done, total: row.total },
    result: { changed: row.changed, unchanged: row.unchanged, failed: row.failed },
    createdBy: row.actor_name === '' ? row.actor_login : row.actor_name,
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    undo: row.undo_until && { until: row.undo_until.toISOString(), jobId: row.undo_job_id === null ? null : String(row.undo_job_id) },
    request: z.record(z.string(), z.unknown()).parse(parsed(row.request)),
    tables: parsed(row.report),
    failure: row.failure,
  });
}

function parsed(text: string | null): unknown {
  const value: unknown = text === null ? null : JSON.parse(text);
  return value;
}
