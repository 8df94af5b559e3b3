import type { Deadline } from '../../kernel/deadline.js';
import { DomainError, NotFound, ValidationFailed } from '../../kernel/errors.js';
import { QueryFailed, UniqueViolation } from '../../platform/persistence/database-errors.js';
import type { Database } from '../../platform/persistence/database.js';
import type { Transaction } from '../../platform/persistence/unit-of-work.js';
import type { Changes, MemberMove, MovedMembers, RecordQuery, StoredRecord, Writer } from '../backend.js';
import { pathOf } from '../field-path.js';
import { type Assignment, changedBy, createdBy } from './audit-assignments.js';
import { columnValue } from './column-value.js';
import type { Column } from './dialect.js';
import { MemberMover } from './member-mover.js';
import type { RecordReader } from './record-reader.js';
import { compile, list, sql, type Bindable, type Sql } from './sql.js';
import type { MappedColumn, TablePlan } from './table-plan.js';
import type { OpenTable } from './table-source.js';

/** Writes one row at a time, only the columns that are named, and the helpdesk's audit columns. */
export class DatabaseWriter implements Writer {
  constructor(
    private readonly kind: 'customer-user' | 'customer',
    private readonly open: () => Promise<{ readonly table: OpenTable; readonly reader: RecordReader }>,
  ) {}

  async create(transaction: Transaction, values: Changes): Promise<StoredRecord> {
    const { table, reader } = await this.open();
    const { plan } = table;
    const database = await transaction.on(table.connection);
    const assignments = this.assignments(plan, values, 'all');
    const key = assignments.find(([column]) => column === plan.key)?.[1];
    if (key === undefined || key === null || key === '') throw this.refusal(plan, plan.key, 'required');

    const columns = [...assignments, ...createdBy(transaction, plan)];
    const names = list(columns.map(([{ id }]) => id), ', ');
    const bound = list(columns.map(([, value]) => sql`${value}`), ', ');
    await this.write(database, table, sql`INSERT INTO ${plan.table.id} (${names}) VALUES (${bound})`);
    return this.stored(await reader.find(database, String(key)));
  }

  async search(transaction: Transaction, query: RecordQuery, limit: number, { signal }: Deadline): Promise<readonly StoredRecord[]> {
    const { table, reader } = await this.open();
    const { records } = await reader.page(await transaction.on(table.connection), query, { position: null, limit, signal });
    return records;
  }

  async lock(transaction: Transaction, key: string): Promise<StoredRecord | null> {
    const { table, reader } = await this.open();
    const database = await transaction.on(table.connection);
    const found = await reader.find(database, key);
    return found && reader.lockExact(database, found.key);
  }

  async update(transaction: Transaction, key: string, changes: Changes): Promise<StoredRecord> {
    const { table, reader } = await this.open();
    const { plan } = table;
    const database = await transaction.on(table.connection);
    const current = await reader.find(database, key);
    if (!current) throw new NotFound();
    const assignments = this.assignments(plan, changes, 'named');
    if (assignments.length === 0) return current;

    const set = list([...assignments, ...changedBy(transaction, plan)].map(([{ id }, value]) => sql`${id} = ${value}`), ', ');
    const isThisRow = table.dialect.equals(plan.key, current.key);
    const touched = await this.write(database, table, sql`UPDATE ${plan.table.id} SET ${set} WHERE ${isThisRow}`);
    if (touched === 0) throw new NotFound();
    const newKey = assignments.find(([column]) => column === plan.key)?.[1];
    return this.stored(await reader.find(database, newKey === undefined ? current.key : String(newKey)));
  }

  async moveMembers(transaction: Transaction, move: MemberMove, position: string | null, limit: number): Promise<MovedMembers> {
    return new MemberMover((await this.open()).table).move(transaction, move, position, limit);
  }

  async countListed(customerId: string, { signal }: Deadline): Promise<number> {
    return new MemberMover((await this.open()).table).countListed(customerId, signal);
  }

  /** Two rows of the Map may share a column: it is written once, and the first row's value wins. */
  private assignments(plan: TablePlan, values: Changes, which: 'all' | 'named'): Assignment[] {
    this.requireKnown(plan, values);
    const columns = [...new Set(plan.mapped.filter(({ isSecret }) => !isSecret).map(({ column }) => column))];
    const assignments = columns.flatMap((column): Assignment[] => {
      const rows = plan.mapped.filter((mapped) => mapped.column === column && (which === 'all' || !mapped.row.isReadOnly));
      const given = rows.find(({ row }) => values[row.variable] !== undefined) ?? (which === 'all' ? rows[0] : undefined);
      return given ? [[column, this.valueFor(plan, given, values)]] : [];
    });
    const isValidityKept = which === 'named' || plan.valid === null || columns.includes(plan.valid);
    return isValidityKept || plan.valid === null ? assignments : [...assignments, [plan.valid, validId]];
  }

  private valueFor({ fields, valid }: TablePlan, mapped: MappedColumn, values: Changes): Bindable {
    const { variable } = mapped.row;
    const given = values[variable];
    if (given === undefined && mapped.column === valid) return validId;
    return columnValue(mapped, given ?? null, pathOf(variable, this.kind, fields.roles));
  }

  private requireKnown({ fields, mapped }: TablePlan, values: Changes): void {
    const known = new Set(mapped.filter(({ isSecret }) => !isSecret).map(({ row }) => row.variable));
    const unknown = Object.keys(values).filter((variable) => !known.has(variable));
    if (unknown.length > 0) {
      throw new ValidationFailed(unknown.map((variable) => ({ path: pathOf(variable, this.kind, fields.roles), code: 'unknown-field' })));
    }
  }

  private async write(database: Database, { plan, dialect }: OpenTable, statement: Sql): Promise<number> {
    const { text, values } = compile(statement, dialect.engine);
    try {
      return await database.execute(text, values);
    } catch (error) {
      if (error instanceof UniqueViolation) throw this.taken(plan, error);
      if (error instanceof QueryFailed && refusedValue.test(error.code)) throw new ValidationFailed([{ path: 'fields', code: 'invalid' }]);
      throw error;
    }
  }

  private taken(plan: TablePlan, { columns, constraint }: UniqueViolation): DomainError {
    const taken = plan.table.columns.find(({ name }) => columns.some((column) => mentions(column, name)))
      ?? plan.table.columns.find(({ name }) => mentions(constraint, name))
      ?? plan.key;
    if (taken === plan.key) return new DomainError(this.kind === 'customer-user' ? 'login.taken' : 'customer.taken', issueAt(this.path(plan, taken)));
    if (this.kind === 'customer' && plan.name.includes(taken)) return new DomainError('customer.name-taken', issueAt('name'));
    if (plan.mail.includes(taken)) return new DomainError('email.taken', issueAt(this.path(plan, taken)));
    return this.refusal(plan, taken, 'taken');
  }

  private refusal(plan: TablePlan, column: Column, code: string): ValidationFailed {
    return new ValidationFailed([{ path: this.path(plan, column), code }]);
  }

  private path({ mapped, fields }: TablePlan, column: Column): string {
    const row = mapped.find((candidate) => candidate.column === column)?.row;
    return row ? pathOf(row.variable, this.kind, fields.roles) : 'fields';
  }

  /** What was written a moment ago is there, unless a trigger or a view made something else of it. */
  private stored(record: StoredRecord | null): StoredRecord {
    if (!record) throw new NotFound('the record that was written is not where it was written');
    return record;
  }
}

const validId = 1;

/** Values that the schema refuses: a wrong date, no such reference, too large (SQLSTATE classes 22 and 23). */
const refusedValue =
  /^(2[23][0-9A-Z]{3}|ER_(DATA_TOO_LONG|TRUNCATED_WRONG_VALUE\w*|WARN_DATA_\w+|DATA_OUT_OF_RANGE|BAD_NULL_ERROR|NO_REFERENCED_ROW\w*|NO_DEFAULT_FOR_FIELD|CONSTRAINT_FAILED|CHECK_CONSTRAINT_VIOLATED))$/;

/** A unique index may be on an expression such as `lower((login)::text)`. */
function mentions(expression: string, column: string): boolean {
  return expression.toLowerCase().split(/[^\p{L}\p{N}_]+/u).includes(column.toLowerCase());
}

function issueAt(path: string): { issues: { path: string; code: string }[] } {
  return { issues: [{ path, code: 'taken' }] };
}
