import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { lockBuckets } from '../../../../migrations/own-tables.js';
import type { Actor } from '../../kernel/actor.js';
import type { Clock } from '../../kernel/clock.js';
import { writeAudits } from '../audit/audit-writer.js';
import { refuseSecrets } from '../audit/refuse-secrets.js';
import type { OutboxBell } from '../outbox/outbox-bell.js';
import { writeOutbox } from '../outbox/outbox-writer.js';
import { databaseUnavailable, TransactionDeadlocked } from './database-errors.js';
import type { Connection, Database, OpenTransaction } from './database.js';
import { portable } from './sql.js';
import { UnitOfWork, type AuditEntry, type OutboxEntry, type Transaction } from './unit-of-work.js';

/** A unit that gave way to others this often is not run again: something holds its rows for good. */
const attempts = 4;
const longestPauseMs = 50;

export class TypeOrmUnitOfWork extends UnitOfWork {
  constructor(
    private readonly main: Connection,
    private readonly clock: Clock,
    private readonly bell: OutboxBell,
  ) {
    super();
  }

  async run<T>(actor: Actor, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.runOnce(actor, work);
      } catch (error) {
        if (!(error instanceof TransactionDeadlocked)) throw error;
        if (attempt === attempts) throw databaseUnavailable(error.code);
        await pause(Math.random() * longestPauseMs * attempt);
      }
    }
  }

  private async runOnce<T>(actor: Actor, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const unit = new Unit(await this.main.begin(), this.main, actor, wholeSecond(this.clock.now()));
    try {
      const result = await work(unit);
      if (await unit.commit()) this.bell.ring();
      return result;
    } catch (error) {
      await unit.rollback();
      throw error;
    } finally {
      await unit.end();
    }
  }
}

/** The open transaction of one run, on the main database and on every foreign one that the work asked for. */
class Unit implements Transaction {
  private readonly foreign = new Map<Connection, Promise<OpenTransaction>>();
  private readonly tasks: (() => Promise<void>)[] = [];
  private readonly audited: AuditEntry[] = [];
  private readonly published: OutboxEntry[] = [];

  constructor(
    private readonly open: OpenTransaction,
    private readonly main: Connection,
    readonly actor: Actor,
    readonly now: Date,
  ) {}

  get database(): Database {
    return this.open.database;
  }

  async on(connection: Connection): Promise<Database> {
    if (connection === this.main) return this.database;
    const opening = this.foreign.get(connection) ?? connection.begin();
    this.foreign.set(connection, opening);
    return (await opening).database;
  }

  audit(entry: AuditEntry): void {
    refuseSecrets(entry);
    this.audited.push(entry);
  }

  publish(entry: OutboxEntry): void {
    this.published.push(entry);
  }

  async lock(names: readonly string[]): Promise<void> {
    const buckets = [...new Set(names.map(bucketOf))].sort((a, b) => a - b);
    if (buckets.length === 0) return;
    await this.database.query(
      portable(
        this.database.engine,
        `SELECT bucket FROM clientele_lock ${this.database.engine === 'mysql' ? 'FORCE INDEX (PRIMARY)' : ''}
          WHERE bucket IN (${buckets.map(() => '?').join(', ')}) ORDER BY bucket FOR UPDATE`,
      ),
      buckets,
    );
  }

  afterEnd(task: () => Promise<void>): void {
    this.tasks.push(task);
  }

  /** Also where the commit failed: whether it came through may not be known. */
  async end(): Promise<void> {
    await Promise.allSettled(this.tasks.map((task) => task()));
  }

  /** Answers whether there is something in the outbox now. */
  async commit(): Promise<boolean> {
    await writeAudits(this.database, this.audited, this);
    await writeOutbox(this.database, this.published, this);
    for (const transaction of await Promise.all(this.foreign.values())) await transaction.commit();
    await this.open.commit();
    return this.published.length > 0;
  }

  /** Never throws: what led here is what the caller must learn. A server that is gone rolls back by itself. */
  async rollback(): Promise<void> {
    const opened = await Promise.allSettled(this.foreign.values());
    const transactions = opened.flatMap((opening) => (opening.status === 'fulfilled' ? [opening.value] : []));
    await Promise.allSettled([this.open, ...transactions].map((transaction) => transaction.rollback()));
  }
}

function bucketOf(name: string): number {
  return createHash('sha256').update(name.normalize('NFC')).digest().readUInt32BE(0) % lockBuckets;
}

function wholeSecond(moment: Date): Date {
  return new Date(Math.floor(moment.getTime() / 1000) * 1000);
}
