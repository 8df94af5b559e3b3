import { foldKey } from '../../kernel/fold-key.js';
import type { Database } from '../persistence/database.js';
import { portable } from '../persistence/sql.js';
import type { AuditEntry } from '../persistence/unit-of-work.js';

type SubjectId = number | string;

/** Keys of one statement. */
const keysAtOnce = 500;

/** The numbers under which records keep their history, whatever keys they get. */
export class Subjects {
  private readonly known = new Map<string, SubjectId>();

  constructor(private readonly database: Database) {}

  /** Looks up and adds all that need no move, in few statements. */
  async prepare(entries: readonly AuditEntry[]): Promise<void> {
    const staying = entries.filter(({ subject }) => !isMoved(subject)).map(({ subject }) => subject);
    for (const kind of new Set(staying.map((subject) => subject.kind))) {
      // in one order everywhere, so that two writers of the same keys wait for each other and not in a circle
      const keys = [...new Set(staying.filter((subject) => subject.kind === kind).map(({ key }) => foldKey(key)))].sort();
      for (let start = 0; start < keys.length; start += keysAtOnce) await this.prepareKeys(kind, keys.slice(start, start + keysAtOnce));
    }
  }

  async idOf({ subject }: AuditEntry): Promise<SubjectId> {
    const { kind, key, formerKey = key } = subject;
    if (isMoved(subject)) {
      await moveSubject(this.database, kind, formerKey, key);
      this.known.clear();
    }
    const known = this.known.get(nameOf(kind, foldKey(key)));
    return known ?? (await findSubject(this.database, kind, key)) ?? (await addSubject(this.database, kind, key));
  }

  private async prepareKeys(kind: string, keys: readonly string[]): Promise<void> {
    await this.lookUp(kind, keys);
    const missing = keys.filter((key) => !this.known.has(nameOf(kind, key)));
    if (missing.length === 0) return;
    await addSubjects(this.database, kind, missing);
    await this.lookUp(kind, missing);
  }

  private async lookUp(kind: string, keys: readonly string[]): Promise<void> {
    const rows = await this.database.query<{ id: SubjectId; folded_key: string }>(
      portable(
        this.database.engine,
        `SELECT id, folded_key FROM clientele_subject WHERE kind = ? AND folded_key IN (${keys.map(() => '?').join(', ')})`,
      ),
      [kind, ...keys],
    );
    for (const row of rows) this.known.set(nameOf(kind, row.folded_key), row.id);
  }
}

export async function findSubject(database: Database, kind: string, key: string): Promise<SubjectId | null> {
  const [row] = await database.query<{ id: SubjectId }>(
    portable(database.engine, 'SELECT id FROM clientele_subject WHERE kind = ? AND folded_key = ? LIMIT 1'),
    [kind, foldKey(key)],
  );
  return row?.id ?? null;
}

function isMoved({ key, formerKey = key }: AuditEntry['subject']): boolean {
  return foldKey(formerKey) !== foldKey(key);
}

function nameOf(kind: string, foldedKey: string): string {
  return `${kind}:${foldedKey}`;
}

async function addSubject(database: Database, kind: string, key: string): Promise<SubjectId> {
  await addSubjects(database, kind, [foldKey(key)]);
  const id = await findSubject(database, kind, key);
  if (id === null) throw new Error('the subject of an audit row was not stored');
  return id;
}

/** Two writers may add the same subject at once: the second finds the first one's. */
async function addSubjects(database: Database, kind: string, foldedKeys: readonly string[]): Promise<void> {
  const places = foldedKeys.map(() => '(?, ?)').join(', ');
  const statement =
    database.engine === 'mysql'
      ? `INSERT IGNORE INTO clientele_subject (kind, folded_key) VALUES ${places}`
      : `INSERT INTO clientele_subject (kind, folded_key) VALUES ${places} ON CONFLICT DO NOTHING`;
  await database.execute(portable(database.engine, statement), foldedKeys.flatMap((key) => [kind, key]));
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
