import type { Database } from '../persistence/database.js';
import { portable } from '../persistence/sql.js';
import type { OutboxEntry, Transaction } from '../persistence/unit-of-work.js';

export async function writeOutbox(
  database: Database,
  entries: readonly OutboxEntry[],
  { actor, now }: Pick<Transaction, 'actor' | 'now'>,
): Promise<void> {
  for (const { topic, subject, payload } of entries) {
    await database.execute(
      portable(
        database.engine,
        `INSERT INTO clientele_outbox (topic, subject, payload, correlation_id, created_at, due_at)
         VALUES (?, ?, ?, ?, ?, ?)`,
      ),
      [topic, subject, JSON.stringify(payload), actor.correlationId, now, now],
    );
  }
}
