import { Injectable } from '@nestjs/common';
import type { BackendKind } from '../../contract/backend.js';
import { DomainError } from '../kernel/errors.js';
import { foldKey } from '../kernel/fold-key.js';
import { portable } from '../platform/persistence/sql.js';
import type { Transaction } from '../platform/persistence/unit-of-work.js';

/** Longer than any request that has looked the old key up before the rename takes to write what it found. */
const rememberedMs = 120_000;
/** Keys of one statement. */
const keysAtOnce = 500;

/** What whoever takes, gives up or refers to a key holds, so that they come one after the other. */
export function keyLock(kind: BackendKind, key: string): string {
  return `${kind === 'customer-user' ? 'login' : 'customer'}:${foldKey(key)}`;
}

/** Keys that were given up for others a moment ago, or are being moved at this moment. Each method needs the key's lock. */
@Injectable()
export class RenamedKeysRepository {
  /** The old key is given up; the new one is somebody's from now on. */
  async begin(transaction: Transaction, { kind, from, to, isRunning }: { kind: BackendKind; from: string; to: string; isRunning: boolean }): Promise<void> {
    await this.forget(transaction, kind, [from, to]);
    await execute(transaction, 'DELETE FROM clientele_renamed_key WHERE is_running = 0 AND at < ?', [new Date(transaction.now.getTime() - rememberedMs)]);
    await execute(transaction, 'INSERT INTO clientele_renamed_key (kind, folded_key, folded_new_key, is_running, at) VALUES (?, ?, ?, ?, ?)', [
      kind, foldKey(from), foldKey(to), isRunning ? 1 : 0, transaction.now,
    ]);
  }

  async end(transaction: Transaction, kind: BackendKind, from: string): Promise<void> {
    await execute(transaction, 'UPDATE clientele_renamed_key SET is_running = 0, at = ? WHERE kind = ? AND folded_key = ?', [
      transaction.now, kind, foldKey(from),
    ]);
  }

  /** For whoever takes one of these keys, or gives it up. Throws `rename.running`. */
  async requireIdle({ database }: Transaction, kind: BackendKind, keys: readonly string[]): Promise<void> {
    const folded = keys.map(foldKey);
    const marks = folded.map(() => '?').join(', ');
    const [running] = await database.query(
      portable(
        database.engine,
        `SELECT 1 AS found FROM clientele_renamed_key
          WHERE kind = ? AND is_running = 1 AND (folded_key IN (${marks}) OR folded_new_key IN (${marks})) LIMIT 1`,
      ),
      [kind, ...folded, ...folded],
    );
    if (running !== undefined) throw new DomainError('rename.running');
  }

  /** A new record takes the key: it is no longer the old one of somebody else. Throws `rename.running`. */
  async take(transaction: Transaction, kind: BackendKind, key: string): Promise<void> {
    await this.requireIdle(transaction, kind, [key]);
    await this.forget(transaction, kind, [key]);
  }

  /** Whether who was found by this key a moment ago has another one now. */
  async isGivenUp(transaction: Transaction, kind: BackendKind, key: string): Promise<boolean> {
    return (await this.givenUp(transaction, kind, [key])).size > 0;
  }

  /** Of these keys the ones of which that is so, folded. */
  async givenUp({ database, now }: Transaction, kind: BackendKind, keys: readonly string[]): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    for (let start = 0; start < keys.length; start += keysAtOnce) {
      const folded = keys.slice(start, start + keysAtOnce).map(foldKey);
      const rows = await database.query<{ folded_key: string }>(
        portable(
          database.engine,
          `SELECT folded_key FROM clientele_renamed_key
            WHERE kind = ? AND folded_key IN (${folded.map(() => '?').join(', ')}) AND (is_running = 1 OR at >= ?) LIMIT ${keysAtOnce}`,
        ),
        [kind, ...folded, new Date(now.getTime() - rememberedMs)],
      );
      for (const row of rows) found.add(row.folded_key);
    }
    return found;
  }

  private async forget(transaction: Transaction, kind: BackendKind, keys: readonly string[]): Promise<void> {
    for (const key of new Set(keys.map(foldKey))) {
      await execute(transaction, 'DELETE FROM clientele_renamed_key WHERE kind = ? AND folded_key = ?', [kind, key]);
    }
  }
}

async function execute({ database }: Transaction, statement: string, values: readonly unknown[]): Promise<void> {
  await database.execute(portable(database.engine, statement), values);
}
