import type { FieldValue } from '../../../contract/field.js';
import type { historySubjects, RelationChange } from '../../../contract/history.js';
import type { Actor } from '../../kernel/actor.js';
import type { Connection, Database } from './database.js';

export interface AuditEntry {
  /** `key` is the one after the change; with `formerKey`, what was written under that one becomes its history too. */
  readonly subject: { readonly kind: (typeof historySubjects)[number]; readonly key: string; readonly formerKey?: string };
  readonly action: 'created' | 'changed' | 'password-changed' | 'renamed' | 'relations-changed';
  /** Values of secret variables are `null` on both sides; nothing secret ever enters an audit row. */
  readonly changes: readonly { variable: string; from: FieldValue; to: FieldValue; secret: boolean }[];
  /** With `relations-changed`: what changed, and the change by which it can be taken back. */
  readonly relations?: { readonly changeId: string; readonly changes: readonly RelationChange[] };
}

/** A fact for whoever listens: `customer-user.created` and its like. Payloads hold no secrets. */
export interface OutboxEntry {
  readonly topic: string;
  readonly subject: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** What work inside one transaction may use: the database bound to it, and the rows that belong to the change. */
export interface Transaction {
  /** The main database, in this transaction. */
  readonly database: Database;
  /**
   * The same for any connection: the main one is answered with `database`; on a foreign one a transaction is begun that
   * commits right before the main one and is rolled back with it.
   */
  on(connection: Connection): Promise<Database>;
  readonly actor: Actor;
  /** One moment for all rows of this change, UTC, whole seconds (the helpdesk's columns keep no more). */
  readonly now: Date;
  audit(entry: AuditEntry): void;
  publish(entry: OutboxEntry): void;
  /**
   * Holds the named locks until the end of the transaction, so that two writers of the same name queue up, on every
   * engine and across processes. Names are folded to a bounded set of rows; take all of them in one call.
   */
  lock(names: readonly string[]): Promise<void>;
  /** Runs the task once the transaction is over, committed or not, before whoever asked for the work goes on. It must not throw. */
  afterEnd(task: () => Promise<void>): void;
}

/** One transaction on the main database for the business rows, the audit rows and the outbox rows: all or nothing. */
export abstract class UnitOfWork {
  /**
   * The work may run more than once: as a whole, after a rollback, when the database chose it to give way in a
   * deadlock. What it does outside the transaction must bear that.
   */
  abstract run<T>(actor: Actor, work: (transaction: Transaction) => Promise<T>): Promise<T>;
}
