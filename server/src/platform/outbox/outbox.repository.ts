import { z } from 'zod';
import type { Connection } from '../persistence/database.js';
import { portable } from '../persistence/sql.js';
import type { OutboxMessage } from './outbox-handlers.js';

export interface ClaimedMessage {
  readonly message: OutboxMessage;
  /** This attempt's number, from 1. */
  readonly attempt: number;
}

interface Row {
  id: number | string;
  topic: string;
  subject: string;
  payload: string;
  correlation_id: string;
  created_at: Date;
  attempts: number;
}

const Payload = z.record(z.string(), z.unknown());

/** The outbox between commit and delivery. */
export class OutboxRepository {
  constructor(private readonly connection: Connection) {}

  /**
   * Takes due messages for `leaseMs`: no other relay sees them until then. Should this process die, they come back by
   * themselves.
   */
  async claim(limit: number, now: Date, leaseMs: number): Promise<ClaimedMessage[]> {
    const transaction = await this.connection.begin();
    try {
      const rows = await transaction.database.query<Row>(
        this.sql(
          `SELECT id, topic, subject, payload, correlation_id, created_at, attempts FROM clientele_outbox
            WHERE dead_at IS NULL AND due_at <= ? ORDER BY due_at, id LIMIT ${limit} FOR UPDATE SKIP LOCKED`,
        ),
        [now],
      );
      if (rows.length > 0) {
        await transaction.database.execute(
          this.sql(
            `UPDATE clientele_outbox SET due_at = ?, attempts = attempts + 1
              WHERE id IN (${rows.map(() => '?').join(', ')})`,
          ),
          [new Date(now.getTime() + leaseMs), ...rows.map(({ id }) => id)],
        );
      }
      await transaction.commit();
      return rows.map(toClaimed);
    } catch (error) {
      await transaction.rollback().catch(() => {});
      throw error;
    }
  }

  /** Due at once, as if they had not been claimed. */
  async giveBack(ids: readonly string[], now: Date): Promise<void> {
    if (ids.length === 0) return;
    await this.connection.execute(
      this.sql(
        `UPDATE clientele_outbox SET due_at = ?, attempts = attempts - 1 WHERE id IN (${ids.map(() => '?').join(', ')})`,
      ),
      [now, ...ids],
    );
  }

  async remove(id: string): Promise<void> {
    await this.connection.execute(this.sql('DELETE FROM clientele_outbox WHERE id = ?'), [id]);
  }

  async postpone(id: string, dueAt: Date, failure: string): Promise<void> {
    await this.connection.execute(this.sql('UPDATE clientele_outbox SET due_at = ?, failure = ? WHERE id = ?'), [
      dueAt,
      failure,
      id,
    ]);
  }

  /** Kept for a person to look at; nobody delivers it any more. */
  async bury(id: string, now: Date, failure: string): Promise<void> {
    await this.connection.execute(this.sql('UPDATE clientele_outbox SET dead_at = ?, failure = ? WHERE id = ?'), [
      now,
      failure,
      id,
    ]);
  }

  private sql(statement: string): string {
    return portable(this.connection.engine, statement);
  }
}

function toClaimed(row: Row): ClaimedMessage {
  return {
    message: {
      id: String(row.id),
      topic: row.topic,
      subject: row.subject,
      payload: Payload.parse(JSON.parse(row.payload)),
      correlationId: row.correlation_id,
      at: row.created_at,
    },
    attempt: row.attempts + 1,
  };
}
