import { Inject, Injectable } from '@nestjs/common';
import { foldKey } from '../kernel/fold-key.js';
import { equalsInAnyCase } from '../platform/persistence/any-case.js';
import type { Database } from '../platform/persistence/database.js';
import type { DatabaseReport } from '../platform/persistence/migrate.js';
import { DATABASE_REPORT } from '../platform/persistence/persistence.module.js';
import { portable } from '../platform/persistence/sql.js';
import type { Transaction } from '../platform/persistence/unit-of-work.js';
import type { NewRow, StoredRow } from './plan-change.js';
import { assigned, defaultsLogin, isNumbered, otherSide, type Cell, type Relation, type Side } from './relation.js';

/** The fixed end of a question: all relations of this one. */
export interface Anchor {
  readonly side: Side;
  readonly key: string;
}

/** Keys of one statement. */
const keysAtOnce = 500;
const cellsAtOnce = 100;
/** Permissions of one person on one group, and some that are there twice. */
const rowsPerEnd = 4;
const rowsAtOnce = 200;
/** Rows of one question: 500 pairs have a few each, and some helpdesks have left the same one many times. */
const mostRows = 100_000;
/** What an INTEGER of the helpdesk's holds; no group and no service has a number beyond it. */
const largestNumber = 2_147_483_647;

/** The helpdesk's join tables. Their numbers (`id`), where they have any, are neither read nor written. */
@Injectable()
export class RelationsRepository {
  constructor(@Inject(DATABASE_REPORT) private readonly report: Pick<DatabaseReport, 'facts'>) {}

  /** Characters that an end may have in the table; `null`: it is a number. */
  lengthOf(relation: Relation, side: Side): number | null {
    return this.report.facts.tables.get(relation.table)?.columns.get(relation[side].column)?.length ?? null;
  }

  /** Rows between the anchor and any of the others, in any case of letters, spelled as stored. */
  async rowsBetween(database: Database, relation: Relation, anchor: Anchor, others: readonly string[]): Promise<StoredRow[]> {
    const side = otherSide(anchor.side);
    const wanted = new Set(others.map(foldKey));
    const rows: StoredRow[] = [];
    for (let start = 0; start < others.length; start += keysAtOnce) {
      const condition = both(this.isEnd(database, relation, anchor), this.isOneOf(database, relation, side, others.slice(start, start + keysAtOnce)));
      rows.push(...(await this.read(database, relation, condition)));
    }
    return rows.filter((row) => foldKey(row[anchor.side]) === foldKey(anchor.key) && wanted.has(foldKey(row[side])));
  }

  /** All rows of any of the ends, in any case of letters, spelled as stored; `most` of them. */
  async rowsOf(database: Database, relation: Relation, side: Side, { keys, most }: { keys: readonly string[]; most: number }): Promise<StoredRow[]> {
    const wanted = new Set(keys.map(foldKey));
    const rows: StoredRow[] = [];
    for (let start = 0; start < keys.length && rows.length < most; start += keysAtOnce) {
      const condition = this.isOneOf(database, relation, side, keys.slice(start, start + keysAtOnce));
      rows.push(...(await this.read(database, relation, condition, most - rows.length)));
    }
    return rows.filter((row) => wanted.has(foldKey(row[side])));
  }

  /** The other ends of the anchor's relations, each once, in the order of the folded key. */
  async otherEnds(
    database: Database,
    relation: Relation,
    anchor: Anchor,
    { behind, limit }: { behind: string | null; limit: number },
  ): Promise<{ folded: string; key: string }[]> {
    const { folded, from, values } = this.others(database, relation, anchor);
    const column = relation[otherSide(anchor.side)].column;
    // a person has a few rows; to make them one here costs less than to have all of a million rows grouped there
    const most = Math.trunc(limit) * rowsPerEnd;
    const found = new Map<string, string>();
    let last = behind;
    for (;;) {
      const rows = await database.query<{ folded: string; spelled: string }>(
        portable(
          database.engine,
          `SELECT ${folded} AS folded, ${column} AS spelled ${from} ${last === null ? '' : `AND ${folded} > ?`} ORDER BY ${folded} LIMIT ${most}`,
        ),
        last === null ? values : [...values, last],
      );
      for (const row of rows) if (!found.has(String(row.folded))) found.set(String(row.folded), String(row.spelled));
      last = rows.at(-1)?.folded ?? last;
      if (rows.length < most || found.size >= limit) return [...found].slice(0, limit).map(([key, spelled]) => ({ folded: key, key: spelled }));
    }
  }

  /** How many other ends there are; beyond the cap, or beyond many rows for each, some number behind the cap. */
  async countOtherEnds(database: Database, relation: Relation, anchor: Anchor, cap: number): Promise<number> {
    const { folded, from, values } = this.others(database, relation, anchor);
    const most = Math.trunc(cap) * rowsPerEnd + 1;
    const [row] = await database.query<{ ends: number | string; seen: number | string }>(
      portable(database.engine, `SELECT COUNT(DISTINCT folded) AS ends, COUNT(*) AS seen FROM (SELECT ${folded} AS folded ${from} LIMIT ${most}) counted`),
      values,
    );
    return Number(row?.seen ?? 0) === most ? Math.trunc(cap) + 1 : Number(row?.ends ?? 0);
  }

  async remove({ database }: Transaction, relation: Relation, cells: readonly Cell[]): Promise<void> {
    for (let start = 0; start < cells.length; start += cellsAtOnce) {
      const conditions = cells.slice(start, start + cellsAtOnce).map((cell) => exactly(database, relation, cell));
      await database.execute(
        portable(database.engine, `DELETE FROM ${relation.table} WHERE ${conditions.map(({ sql }) => `(${sql})`).join(' OR ')}`),
        conditions.flatMap(({ values }) => values),
      );
    }
  }

  async insert({ database, actor, now }: Transaction, relation: Relation, rows: readonly NewRow[]): Promise<void> {
    const columns = writtenColumns(relation);
    for (let start = 0; start < rows.length; start += rowsAtOnce) {
      const chunk = rows.slice(start, start + rowsAtOnce);
      const places = chunk.map(() => `(${columns.map(() => '?').join(', ')})`).join(', ');
      await database.execute(
        portable(database.engine, `INSERT INTO ${relation.table} (${columns.join(', ')}) VALUES ${places}`),
        chunk.flatMap((row) => [
          stored(relation, 'owner', row.owner),
          stored(relation, 'target', row.target),
          ...(relation.hasKeys ? [row.key, 1] : []),
          ...(relation.hasContext ? [row.context] : []),
          row.created?.createTime ?? now,
          row.created?.createBy ?? actor.hostUserId,
          ...(relation.hasChangeColumns ? [now, actor.hostUserId] : []),
        ]),
      );
    }
  }

  private async read(database: Database, relation: Relation, { sql, values }: Bound, most = mostRows): Promise<StoredRow[]> {
    const { owner, target, hasKeys, hasContext } = relation;
    const rows = await database.query<ReadRow>(
      portable(
        database.engine,
        `SELECT ${owner.column} AS owner_key, ${target.column} AS target_key, ${hasKeys ? 'permission_key' : `'${assigned}'`} AS row_key,
                ${hasKeys ? 'permission_value' : '1'} AS row_value, ${hasContext ? 'permission_context' : "''"} AS row_context,
                create_time, create_by
           FROM ${relation.table} WHERE ${sql} LIMIT ${Math.trunc(most)}`,
      ),
      values,
    );
    return rows.map((row) => ({
      owner: row.owner_key,
      target: String(row.target_key),
      context: row.row_context,
      key: row.row_key,
      value: Number(row.row_value),
      createTime: row.create_time,
      createBy: row.create_by,
    }));
  }

  private others(database: Database, relation: Relation, anchor: Anchor): { folded: string; from: string; values: readonly unknown[] } {
    const other = relation[otherSide(anchor.side)];
    const folded = foldedColumn(database, other.column, isNumbered(other.kind));
    const { sql, values } = this.isEnd(database, relation, anchor);
    const people = other.kind === 'customer-user' ? `AND LOWER(${other.column}) <> '${defaultsLogin.toLowerCase()}'` : '';
    return { folded, from: `FROM ${relation.table} WHERE ${sql} ${relation.hasKeys ? 'AND permission_value = 1' : ''} ${people}`, values };
  }

  private isEnd(database: Database, relation: Relation, { side, key }: Anchor): Bound {
    return this.isOneOf(database, relation, side, [key]);
  }

  private isOneOf(database: Database, relation: Relation, side: Side, keys: readonly string[]): Bound {
    const { kind, column } = relation[side];
    if (!isNumbered(kind)) {
      const ignoresCase = this.report.facts.tables.get(relation.table)?.columns.get(column)?.ignoresCase ?? false;
      return equalsInAnyCase(database.engine, { name: column, ignoresCase }, keys);
    }
    const numbers = keys.map(Number).filter((number) => Number.isInteger(number) && Math.abs(number) <= largestNumber);
    return numbers.length === 0 ? { sql: '1 = 0', values: [] } : { sql: `${column} IN (${numbers.map(() => '?').join(', ')})`, values: numbers };
  }
}

interface ReadRow {
  owner_key: string;
  target_key: string | number;
  row_key: string;
  row_value: number | string;
  row_context: string;
  create_time: Date;
  create_by: number;
}

/** A piece of SQL and its values. */
interface Bound {
  readonly sql: string;
  readonly values: readonly unknown[];
}

function both(one: Bound, other: Bound): Bound {
  return { sql: `(${one.sql}) AND (${other.sql})`, values: [...one.values, ...other.values] };
}

/** Letter by letter: the collations of the MySQL family take other spellings, and other letters, for the same. */
function exactly({ engine }: Database, relation: Relation, cell: Cell): Bound {
  const pieces: Bound[] = (['owner', 'target'] as const).map((side) => {
    const { kind, column } = relation[side];
    const value = stored(relation, side, cell[side]);
    if (isNumbered(kind) || engine === 'postgres') return { sql: `${column} = ?`, values: [value] };
    return { sql: `${column} = ? AND CAST(CONVERT(${column} USING utf8mb4) AS BINARY) = CAST(? AS BINARY)`, values: [value, value] };
  });
  if (relation.hasKeys) pieces.push({ sql: 'permission_key = ?', values: [cell.key] });
  if (relation.hasContext) pieces.push({ sql: 'permission_context = ?', values: [cell.context] });
  return { sql: pieces.map(({ sql }) => sql).join(' AND '), values: pieces.flatMap(({ values }) => values) };
}

/** In the order of code points on every engine, which is also that of the directory. */
function foldedColumn({ engine }: Database, column: string, isNumber: boolean): string {
  if (isNumber) return column;
  return engine === 'postgres' ? `LOWER(${column}) COLLATE "C"` : `LOWER(CONVERT(${column} USING utf8mb4)) COLLATE utf8mb4_bin`;
}

function stored(relation: Relation, side: Side, key: string): string | number {
  return isNumbered(relation[side].kind) ? Number(key) : key;
}

function writtenColumns({ owner, target, hasKeys, hasContext, hasChangeColumns }: Relation): string[] {
  return [
    owner.column, target.column,
    ...(hasKeys ? ['permission_key', 'permission_value'] : []),
    ...(hasContext ? ['permission_context'] : []),
    'create_time', 'create_by',
    ...(hasChangeColumns ? ['change_time', 'change_by'] : []),
  ];
}
