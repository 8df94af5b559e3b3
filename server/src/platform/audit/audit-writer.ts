import type { Database } from '../persistence/database.js';
import { portable } from '../persistence/sql.js';
import type { AuditEntry, Transaction } from '../persistence/unit-of-work.js';
import { Subjects } from './subjects.js';

/** Rows of one statement. */
const rowsAtOnce = 200;
/** Relations that one row tells one by one: more than anybody reads. The change itself keeps all of them. */
const relationsTold = 100;

const columns = [
  'at', 'actor_kind', 'actor_id', 'actor_login', 'actor_name', 'subject_id', 'subject_kind', 'subject_key', 'action', 'changes',
  'relations', 'change_id', 'correlation_id',
] as const;

/**
 * Appends one row for each entry. It names the subject by a number that stays when the record gets a new key, so that
 * the history goes on under the new one.
 */
export async function writeAudits(
  database: Database,
  entries: readonly AuditEntry[],
  moment: Pick<Transaction, 'actor' | 'now'>,
): Promise<void> {
  const subjects = new Subjects(database);
  await subjects.prepare(entries);
  const rows: unknown[][] = [];
  for (const entry of entries) rows.push(rowOf(entry, await subjects.idOf(entry), moment));
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    const chunk = rows.slice(start, start + rowsAtOnce);
    const places = chunk.map(() => `(${columns.map(() => '?').join(', ')})`).join(', ');
    await database.execute(
      portable(database.engine, `INSERT INTO clientele_audit (${columns.join(', ')}) VALUES ${places}`),
      chunk.flat(),
    );
  }
}

function rowOf(entry: AuditEntry, subjectId: number | string, { actor, now }: Pick<Transaction, 'actor' | 'now'>): unknown[] {
  const { subject, action, changes, relations } = entry;
  const told = relations && {
    changes: relations.changes.slice(0, relationsTold),
    more: Math.max(0, relations.changes.length - relationsTold),
  };
  return [
    now, actor.kind, actor.id, actor.login, actor.name, subjectId, subject.kind, subject.key, action, JSON.stringify(changes),
    told === undefined ? null : JSON.stringify(told), relations?.changeId ?? null, actor.correlationId,
  ];
}
