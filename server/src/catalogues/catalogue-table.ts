import { createHmac } from 'node:crypto';
import type { Count } from '../../contract/page.js';
import { validityId, validityOf } from '../backends/index.js';
import type { Deadline } from '../kernel/deadline.js';
import { foldKey } from '../kernel/fold-key.js';
import { equalsInAnyCase } from '../platform/persistence/any-case.js';
import type { Connection, Database, Engine } from '../platform/persistence/database.js';
import { portable } from '../platform/persistence/sql.js';
import type { Transaction } from '../platform/persistence/unit-of-work.js';
import { readCursor, writeCursor, type CataloguePlace } from './catalogue-cursor.js';
import type {
  CatalogueEntry, CatalogueName, CataloguePage, CatalogueSearch, CatalogueWriter, HostCatalogue, NewEntry,
} from './host-catalogues.js';

export interface CatalogueTableOptions {
  /** Quoted. */
  readonly table: string;
  /** Names are paths joined by `::`. */
  readonly isTree: boolean;
  readonly lengths: CatalogueWriter['lengths'];
  /** Whether the table's own collation compares in any case. */
  readonly ignoresCase: boolean;
  readonly isWritable: boolean;
  /** Keys the versions. */
  readonly secretKey: string;
}

/** Totals are exact up to here. */
const countCap = 10_000;
/** More rows than any helpdesk has in these tables. */
const mostRows = 50_000;

/** A table of the helpdesk's with a number, a name, a comment and a validity: its groups, or its services. */
export class CatalogueTable implements HostCatalogue {
  readonly writer: CatalogueWriter | null;
  private readonly order: string;

  constructor(
    private readonly connection: Connection,
    private readonly options: CatalogueTableOptions,
  ) {
    this.order = orderOf(connection.engine, options.isTree);
    this.writer = options.isWritable ? this.writing() : null;
  }

  async page({ search, validity, limit, cursor }: CatalogueSearch, { signal }: Deadline): Promise<CataloguePage> {
    const identity = [this.options.table, search, validity];
    const place = cursor === null ? null : readCursor(cursor, identity);
    const matching = allOf([this.named(search), ofValidity(validity)]);
    const rows = await this.read(this.connection, allOf([matching, this.behind(place)]), `ORDER BY ordered_by, id LIMIT ${limit + 1}`, signal);
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      entries: shown.map((row) => this.entryOf(row)),
      nextCursor: rows.length > limit && last ? writeCursor({ orderedBy: last.ordered_by, id: Number(last.id) }, identity) : null,
      count: await this.count(matching, signal),
    };
  }

  async names(signal: AbortSignal): Promise<CatalogueName[]> {
    const rows = await this.connection.query<Pick<CatalogueRow, 'id' | 'name' | 'valid_id'>>(
      `SELECT id, name, valid_id FROM ${this.options.table} ORDER BY id LIMIT ${mostRows}`,
      [],
      signal,
    );
    return rows.map((row) => ({ id: Number(row.id), name: row.name, validity: validityOf(row.valid_id) }));
  }

  async findMany(ids: readonly number[], { signal }: Deadline): Promise<CatalogueEntry[]> {
    return this.entries(this.connection, numbered(ids), signal);
  }

  async findNamed(names: readonly string[], { signal }: Deadline): Promise<CatalogueEntry[]> {
    const found = await this.entries(this.connection, this.inAnyCase(names), signal);
    return found.filter(({ name }) => names.includes(name));
  }

  private writing(): CatalogueWriter {
    return {
      lengths: this.options.lengths,
      lock: async ({ database }, id) => {
        const [row] = await this.read(database, numbered([id]), 'ORDER BY id LIMIT 1 FOR UPDATE');
        return row === undefined ? null : this.entryOf(row);
      },
      findTaken: async ({ database }, names) => {
        const folded = new Set(names.map(foldKey));
        return (await this.entries(database, this.inAnyCase(names))).filter(({ name }) => folded.has(foldKey(name)));
      },
      findBelow: async ({ database }, name) => {
        const prefix = `${name}::`;
        const found = this.options.isTree ? await this.entries(database, startsWith(prefix)) : [];
        return found.filter((entry) => entry.name.startsWith(prefix));
      },
      insert: (transaction, entry) => this.insert(transaction, entry),
      update: (transaction, id, changes) => this.update(transaction, id, changes),
    };
  }

  private async insert({ database, actor, now }: Transaction, { name, comment, validity }: NewEntry): Promise<CatalogueEntry> {
    await database.execute(
      portable(
        database.engine,
        `INSERT INTO ${this.options.table} (name, comments, valid_id, create_time, create_by, change_time, change_by)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
      ),
      [name, comment, validityId(validity), now, actor.hostUserId, now, actor.hostUserId],
    );
    return stored((await this.entries(database, this.inAnyCase([name]))).find((entry) => entry.name === name));
  }

  private async update({ database, actor, now }: Transaction, id: number, changes: Partial<NewEntry>): Promise<CatalogueEntry> {
    const set = [
      ...(changes.name === undefined ? [] : [['name', changes.name] as const]),
      ...(changes.comment === undefined ? [] : [['comments', changes.comment] as const]),
      ...(changes.validity === undefined ? [] : [['valid_id', validityId(changes.validity)] as const]),
      ['change_time', now] as const,
      ['change_by', actor.hostUserId] as const,
    ];
    const assignments = set.map(([column]) => `${column} = ?`).join(', ');
    await database.execute(
      portable(database.engine, `UPDATE ${this.options.table} SET ${assignments} WHERE ${numbered([id]).sql}`),
      set.map(([, value]) => value),
    );
    return stored((await this.entries(database, numbered([id])))[0]);
  }

  private async count(matching: Condition, signal: AbortSignal): Promise<Count> {
    const [row] = await this.query<{ matches: number | string }>(
      this.connection,
      `SELECT COUNT(*) AS matches FROM (SELECT 1 AS one FROM ${this.options.table} WHERE ${matching.sql} LIMIT ${countCap + 1}) counted`,
      matching.values,
      signal,
    );
    const found = Number(row?.matches ?? 0);
    return { value: Math.min(found, countCap), capped: found > countCap };
  }

  private async entries(database: Database, condition: Condition, signal?: AbortSignal): Promise<CatalogueEntry[]> {
    const rows = await this.read(database, condition, `ORDER BY id LIMIT ${mostRows}`, signal);
    return rows.map((row) => this.entryOf(row));
  }

  private read(database: Database, condition: Condition, end: string, signal?: AbortSignal): Promise<CatalogueRow[]> {
    return this.query<CatalogueRow>(
      database,
      `SELECT id, name, comments, valid_id, ${this.order} AS ordered_by FROM ${this.options.table} WHERE ${condition.sql} ${end}`,
      condition.values,
      signal,
    );
  }

  private query<Row>(database: Database, statement: string, values: readonly unknown[], signal?: AbortSignal): Promise<Row[]> {
    return database.query<Row>(portable(database.engine, statement), values, signal);
  }

  private entryOf({ id, name, comments, valid_id: validId }: CatalogueRow): CatalogueEntry {
    const columns = [Number(id), name, comments ?? '', Number(validId)];
    const version = createHmac('sha256', this.options.secretKey).update(JSON.stringify(columns)).digest('base64url').slice(0, 22);
    return { id: Number(id), name, comment: comments ?? '', validity: validityOf(validId), version };
  }

  private inAnyCase(names: readonly string[]): Condition {
    return equalsInAnyCase(this.connection.engine, { name: 'name', ignoresCase: this.options.ignoresCase }, names);
  }

  private named(search: string | null): Condition {
    const text = (search ?? '').trim();
    if (text === '') return everything;
    const patterns = [...new Set([text.normalize('NFC'), text.normalize('NFD')])].map((form) => `%${form.replaceAll(/[!%_]/g, '!$&')}%`);
    const folded = foldedName(this.connection.engine);
    return { sql: `(${patterns.map(() => `${folded} LIKE LOWER(?) ESCAPE '!'`).join(' OR ')})`, values: patterns };
  }

  private behind(place: CataloguePlace | null): Condition {
    if (place === null) return everything;
    return { sql: `(${this.order} > ? OR (${this.order} = ? AND id > ${place.id}))`, values: [place.orderedBy, place.orderedBy] };
  }
}

interface CatalogueRow {
  id: number | string;
  name: string;
  comments: string | null;
  valid_id: number;
  ordered_by: string;
}

interface Condition {
  readonly sql: string;
  readonly values: readonly unknown[];
}

const everything: Condition = { sql: '1 = 1', values: [] };

function allOf(conditions: readonly Condition[]): Condition {
  return { sql: conditions.map(({ sql }) => sql).join(' AND '), values: conditions.flatMap(({ values }) => values) };
}

function ofValidity(validity: CatalogueSearch['validity']): Condition {
  if (validity === 'all') return everything;
  return { sql: `valid_id ${validity === 'valid' ? '=' : '<>'} ${validityId('valid')}`, values: [] };
}

function numbered(ids: readonly number[]): Condition {
  const numbers = ids.filter((id) => Number.isSafeInteger(id));
  return { sql: numbers.length === 0 ? '1 = 0' : `id IN (${numbers.join(', ')})`, values: [] };
}

/** A few more on engines that compare in any case: whoever asks looks at the letters again. */
function startsWith(prefix: string): Condition {
  return { sql: `LEFT(name, ${[...prefix].length}) = ?`, values: [prefix] };
}

/** Lower case and by code point: one order on every engine, whatever its collations are. */
function foldedName(engine: Engine): string {
  return engine === 'mysql' ? 'LOWER(CONVERT(name USING utf8mb4)) COLLATE utf8mb4_bin' : 'LOWER(name) COLLATE "C"';
}

/**
 * What is below a service comes right behind it: `::` counts as less than any letter. In hexadecimal digits on the MySQL
 * family, whose collations take a text for filled up with blanks.
 */
function orderOf(engine: Engine, isTree: boolean): string {
  if (engine === 'postgres') return isTree ? `REPLACE(LOWER(name), '::', chr(1)) COLLATE "C"` : foldedName(engine);
  const folded = 'LOWER(CONVERT(name USING utf8mb4))';
  return `HEX(${isTree ? `REPLACE(${folded}, '::', CHAR(1 USING utf8mb4))` : folded})`;
}

function stored(entry: CatalogueEntry | undefined): CatalogueEntry {
  if (entry === undefined) throw new Error('the row that was written is not where it was written');
  return entry;
}
