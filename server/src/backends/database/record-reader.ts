import type { Database } from '../../platform/persistence/database.js';
import { foldKey, type RecordPage, type RecordQuery, type StoredRecord } from '../backend.js';
import { recordConditions } from './record-conditions.js';
import type { SearchExpression } from '../search-expression.js';
import { searchCondition, type SearchTarget } from './search-condition.js';
import { allOf, compile, sql, trusted, type Sql } from './sql.js';
import { recordOf, selectionOf, type SelectedRow } from './stored-row.js';
import type { OpenTable } from './table-source.js';

/** Keys of one statement at most. */
const keysAtOnce = 500;

/** Reads records of one table, on its connection or within a transaction. */
export class RecordReader {
  constructor(
    private readonly table: OpenTable,
    private readonly owner: { readonly backendId: string; readonly secretKey: string },
    private readonly search: Omit<SearchTarget, 'columns' | 'elsewhere'>,
  ) {}

  async page(database: Database, query: RecordQuery, page: { position: string | null; limit: number; signal: AbortSignal }): Promise<RecordPage> {
    const { dialect, plan } = this.table;
    const conditions = [this.conditions(query)];
    if (page.position !== null) conditions.push(dialect.isBehind(plan.key, page.position));
    const statement = sql`${this.selectFrom()} WHERE ${allOf(conditions)} ORDER BY ${dialect.order(plan.key)} LIMIT ${wholeNumber(page.limit + 1)}`;
    const rows = await this.read(database, statement, page.signal);
    const records = withoutTwins(rows.slice(0, page.limit));
    return { records, positions: records.map(({ key }) => key), hasMore: rows.length > page.limit };
  }

  async count(database: Database, query: RecordQuery, cap: number, signal: AbortSignal): Promise<number> {
    const { plan, dialect } = this.table;
    const matches = sql`SELECT 1 AS one FROM ${plan.table.id} WHERE ${this.conditions(query)} LIMIT ${wholeNumber(cap + 1)}`;
    const { text, values } = compile(sql`SELECT COUNT(*) AS matches FROM (${matches}) AS counted`, dialect.engine);
    const [row] = await database.query<{ matches: number | string }>(text, values, signal);
    return Number(row?.matches ?? 0);
  }

  /** By any spelling; where several rows differ in case only, the one spelled as asked, or else the first. */
  async findMany(database: Database, keys: readonly string[], signal?: AbortSignal): Promise<Map<string, StoredRecord>> {
    const wanted = [...new Set(keys.flatMap((key) => this.storedForm(key)))];
    const found = new Map<string, StoredRecord>();
    for (let start = 0; start < wanted.length; start += keysAtOnce) {
      await this.lookUp(database, wanted.slice(start, start + keysAtOnce), { found, signal });
    }
    return found;
  }

  async find(database: Database, key: string, signal?: AbortSignal): Promise<StoredRecord | null> {
    const [stored] = this.storedForm(key);
    if (stored === undefined) return null;
    const found = await this.findMany(database, [stored], signal);
    return found.get(foldKey(stored)) ?? null;
  }

  /** The row of exactly this spelling, kept from other writers until the transaction ends. */
  async lockExact(database: Database, key: string): Promise<StoredRecord | null> {
    const { dialect, plan } = this.table;
    const [record] = await this.read(database, sql`${this.selectFrom()} WHERE ${dialect.equals(plan.key, key)} FOR UPDATE`);
    return record ?? null;
  }

  async probe(database: Database, signal: AbortSignal): Promise<void> {
    const { text, values } = compile(sql`${this.selectFrom()} LIMIT 1`, this.table.dialect.engine);
    await database.query(text, values, signal);
  }

  /** Of valid people, by a part of the ID. */
  async customerIds(database: Database, text: string, { limit, signal }: { limit: number; signal: AbortSignal }): Promise<string[]> {
    const { dialect, plan } = this.table;
    const { customerId } = plan;
    if (customerId === null) return [];
    const word: SearchExpression = { kind: 'word', pattern: [{ text }] };
    const target = { columns: [customerId], prefix: '*', suffix: '*', isCaseSensitive: false, elsewhere: [] };
    const conditions = [
      this.conditions({ text: null, customerId: null, email: null, validity: 'valid' }),
      ...(text === '' ? [] : [searchCondition(word, target, dialect)]),
    ];
    const selected = dialect.selected(customerId);
    const statement = sql`SELECT DISTINCT ${selected} AS id FROM ${plan.table.id} WHERE ${allOf(conditions)} ORDER BY 1 LIMIT ${wholeNumber(limit + 1)}`;
    const { text: written, values } = compile(statement, dialect.engine);
    const rows = await database.query<{ id: string | number | null }>(written, values, signal);
    // one more than asked for, as nobody's is among them
    return rows.map(({ id }) => String(id ?? '')).filter((id) => id !== '').slice(0, limit);
  }

  private conditions(query: RecordQuery): Sql {
    return recordConditions(query, this.table.plan, { dialect: this.table.dialect, search: this.search });
  }

  private async lookUp(
    database: Database,
    keys: readonly string[],
    { found, signal }: { found: Map<string, StoredRecord>; signal: AbortSignal | undefined },
  ): Promise<void> {
    const { dialect, plan } = this.table;
    for (const condition of dialect.lookups) {
      const missing = keys.filter((key) => !found.has(foldKey(key)));
      if (missing.length === 0) return;
      const statement = sql`${this.selectFrom()} WHERE ${condition(plan.key, missing)} ORDER BY ${dialect.order(plan.key)} LIMIT ${wholeNumber(keysAtOnce * 10)}`;
      for (const record of await this.read(database, statement, signal)) {
        const key = foldKey(record.key);
        if (!found.has(key) || missing.includes(record.key)) found.set(key, record);
      }
    }
  }

  private selectFrom(): Sql {
    const { plan, dialect } = this.table;
    return sql`SELECT ${selectionOf(plan, dialect)} FROM ${plan.table.id}`;
  }

  private async read(database: Database, statement: Sql, signal?: AbortSignal): Promise<StoredRecord[]> {
    const { text, values } = compile(statement, this.table.dialect.engine);
    const rows = await database.query<SelectedRow>(text, values, signal);
    return rows.map((row) => recordOf(row, this.table.plan, this.owner));
  }

  /** How a key can be stored: no key with a NUL is, and a key of type int is a sign and up to sixteen digits. */
  private storedForm(key: string): string[] {
    if (key === '' || key.includes('\0')) return [];
    const { mapped, fields } = this.table.plan;
    const isNumber = mapped.some(({ row }) => row.variable === fields.roles.key && row.type === 'integer');
    if (!isNumber) return [key];
    return /^[+-]?\d{1,16}$/.test(key) ? [BigInt(key.replace('+', '')).toString()] : [];
  }
}

/** A table without a unique key may hold a key twice; it is one person all the same. */
function withoutTwins(records: readonly StoredRecord[]): StoredRecord[] {
  return records.filter((record, index) => record.key !== records[index - 1]?.key);
}

function wholeNumber(value: number): Sql {
  return trusted(String(Math.max(0, Math.trunc(value))));
}
