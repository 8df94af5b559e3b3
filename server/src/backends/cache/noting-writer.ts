import type { Deadline } from '../../kernel/deadline.js';
import type { Transaction } from '../../platform/persistence/unit-of-work.js';
import type { Changes, MemberMove, MovedMembers, PasswordStore, RecordQuery, StoredRecord, Writer } from '../backend.js';

/** Called when a transaction that may have changed records is over. */
type Note = () => Promise<void>;

/**
 * Writes as its writer does. A record that is locked counts as written: whoever locks it is about to, or has seen by it
 * that what is remembered is old.
 */
export class NotingWriter implements Writer {
  private readonly noted = new WeakSet<Transaction>();

  constructor(
    private readonly writer: Writer,
    private readonly note: Note,
  ) {}

  create(transaction: Transaction, values: Changes): Promise<StoredRecord> {
    this.noteOnce(transaction);
    return this.writer.create(transaction, values);
  }

  search(transaction: Transaction, query: RecordQuery, limit: number, deadline: Deadline): Promise<readonly StoredRecord[]> {
    return this.writer.search(transaction, query, limit, deadline);
  }

  async lock(transaction: Transaction, key: string): Promise<StoredRecord | null> {
    const record = await this.writer.lock(transaction, key);
    if (record) this.noteOnce(transaction);
    return record;
  }

  update(transaction: Transaction, key: string, changes: Changes): Promise<StoredRecord> {
    this.noteOnce(transaction);
    return this.writer.update(transaction, key, changes);
  }

  moveMembers(transaction: Transaction, move: MemberMove, position: string | null, limit: number): Promise<MovedMembers> {
    this.noteOnce(transaction);
    return this.writer.moveMembers(transaction, move, position, limit);
  }

  countListed(customerId: string, deadline: Deadline): Promise<number> {
    return this.writer.countListed(customerId, deadline);
  }

  private noteOnce(transaction: Transaction): void {
    if (this.noted.has(transaction)) return;
    this.noted.add(transaction);
    transaction.afterEnd(this.note);
  }
}

export class NotingPasswords implements PasswordStore {
  constructor(
    private readonly passwords: PasswordStore,
    private readonly note: Note,
  ) {}

  set(transaction: Transaction, key: string, hash: string): Promise<void> {
    transaction.afterEnd(this.note);
    return this.passwords.set(transaction, key, hash);
  }

  verify(key: string, matches: (stored: string | null) => Promise<boolean>, deadline: Deadline): Promise<boolean> {
    return this.passwords.verify(key, matches, deadline);
  }
}
