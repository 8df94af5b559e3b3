import type { Deadline } from '../../kernel/deadline.js';
import { BackendReadOnly, NotFound } from '../../kernel/errors.js';
import type { Transaction } from '../../platform/persistence/unit-of-work.js';
import type { PasswordStore } from '../backend.js';
import { changedBy } from './audit-assignments.js';
import type { RecordReader } from './record-reader.js';
import { compile, list, sql } from './sql.js';
import type { OpenTable } from './table-source.js';

/** The column of the row UserPassword. */
export class DatabasePasswords implements PasswordStore {
  constructor(
    private readonly backend: { readonly id: string; readonly isReadOnly: boolean },
    private readonly open: () => Promise<{ readonly table: OpenTable; readonly reader: RecordReader }>,
  ) {}

  async set(transaction: Transaction, key: string, hash: string): Promise<void> {
    if (this.backend.isReadOnly) throw new BackendReadOnly(this.backend.id);
    const { table, reader } = await this.open();
    const { plan, dialect } = table;
    if (!plan.password) throw new BackendReadOnly(this.backend.id);
    const database = await transaction.on(table.connection);
    const record = await reader.find(database, key);
    if (!record) throw new NotFound();
    const set = list([[plan.password, hash] as const, ...changedBy(transaction, plan)].map(([{ id }, value]) => sql`${id} = ${value}`), ', ');
    const statement = compile(sql`UPDATE ${plan.table.id} SET ${set} WHERE ${dialect.equals(plan.key, record.key)}`, dialect.engine);
    await database.execute(statement.text, statement.values);
  }

  async verify(key: string, matches: (stored: string | null) => Promise<boolean>, deadline: Deadline): Promise<boolean> {
    return matches(await this.stored(key, deadline));
  }

  private async stored(key: string, { signal }: Deadline): Promise<string | null> {
    const { table, reader } = await this.open();
    const { plan, dialect, connection } = table;
    const record = plan.password && (await reader.find(connection, key, signal));
    if (!record || !plan.password) return null;
    const selection = sql`SELECT ${plan.password.id} AS stored FROM ${plan.table.id} WHERE ${dialect.equals(plan.key, record.key)}`;
    const { text, values } = compile(selection, dialect.engine);
    const [row] = await connection.query<{ stored: string | null }>(text, values, signal);
    return row?.stored ?? null;
  }
}
