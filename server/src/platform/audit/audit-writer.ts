import { foldKey } from '../../kernel/fold-key.js';
import type { Database } from '../persistence/database.js';
import { portable } from '../persistence/sql.js';
import type { AuditEntry, Transaction } from '../persistence/unit-of-work.js';

/**
 * Appends one row. It names the subject by a number that stays when the record gets a new key, so that the history
 * goes on under the new one.
 */
export async function writeAudit(
  database: Database,
  entry: AuditEntry,
  { actor, now }: Pick<Transaction, 'actor' | 'now'>,
): Promise<void> {
  const subjectId = await subjectOf(database, entry);
  await database.execute(
    portable(
      database.engine,
      `INSERT INTO clientele_audit (at, actor_kind, actor_id, actor_login, actor_name, subject_id, subject_kind,
                                    subject_key, action, changes, correlation_id)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    [
      now, actor.kind, actor.id, actor.login, actor.name, subjectId, entry.subject.kind, entry.subject.key, entry.action,
      JSON.stringify(entry.changes), actor.correlationId,
    ],
  );
}

async function subjectOf(database: Database, entry: AuditEntry): Promise<number | string> {
  const { kind, key, formerKey = key } = entry.subject;
  if (foldKey(formerKey) !== foldKey(key)) await moveSubject(database, kind, formerKey, key);
  return (await findSubject(database, kind, key)) ?? (await addSubject(database, kind, key));
}

export async function findSubject(database: Database, kind: string, key: string): Promise<number | string | null> {
  const [row] = await database.query<{ id: number | string }>(
    portable(database.engine, 'SELECT id FROM clientele_subject WHERE kind = ? AND folded_key = ? LIMIT 1'),
    [kind, foldKey(key)],
  );
  return row?.id ?? null;
}

/** Two writers may add the same subject at once: the second finds the first one's. */
async function addSubject(database: Database, kind: string, key: string): Promise<number | string> {
  await database.execute(
    database.engine === 'mysql'
      ? 'INSERT IGNORE INTO clientele_subject (kind, folded_key) VALUES (?, ?)'
      : 'INSERT INTO clientele_subject (kind, folded_key) VALUES ($1, $2) ON CONFLICT DO NOTHING',
    [kind, foldKey(key)],
  );
  const id = await findSubject(database, kind, key);
  if (id === null) throw new Error('the subject of an audit row was not stored');
  return id;
}

/** Whoever had the key before keeps its rows, without a key: they are another record's. */
async function moveSubject(database: Database, kind: string, formerKey: string, key: string): Promise<void> {
  const sql = (statement: string): string => portable(database.engine, statement);
  const id = await findSubject(database, kind, formerKey);
  await database.execute(sql('UPDATE clientele_subject SET folded_key = NULL WHERE kind = ? AND folded_key = ?'), [
    kind,
    foldKey(key),
  ]);
  if (id === null) return;
  await database.execute(sql('UPDATE clientele_subject SET folded_key = ? WHERE id = ?'), [foldKey(key), id]);
}
