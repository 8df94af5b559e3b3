import type { Database, Engine } from '../../platform/persistence/database.js';
import type { Sql } from './sql.js';

/** What the schema says of one column. Only from here do names get into SQL. */
export interface Column {
  /** As the schema spells it. */
  readonly name: string;
  /** The quoted name. */
  readonly id: Sql;
  readonly type: 'text' | 'integer' | 'other';
  /** In characters; `null`: not limited. */
  readonly maxLength: number | null;
  /** Of a column of whole numbers. */
  readonly maxInteger: number | null;
  readonly isNullable: boolean;
  readonly charset: string | null;
  readonly collation: string | null;
  /** It alone tells rows apart: no two rows are equal in it, as the engine compares. */
  readonly isUnique: boolean;
}

export interface Table {
  readonly name: string;
  /** The quoted name, with its schema where one was given. */
  readonly id: Sql;
  readonly columns: readonly Column[];
}

/** How one engine says what we mean. The only place where SQL differs between engines. */
export interface Dialect {
  readonly engine: Engine;
  /** The table or view with its columns; `null`: there is none of that name. */
  readTable(database: Database, name: string): Promise<Table | null>;
  /** What is selected for a column: text, or a whole number. */
  selected(column: Column): Sql;
  /** A moment as `2026-11-21T10:00:00Z`. */
  selectedTime(column: Column): Sql;
  /** Equal to one of the texts in any case, and in no other respect different. */
  equalsInAnyCase(column: Column, texts: readonly string[]): Sql;
  /**
   * Conditions that find rows by their key in any case, the cheapest first: each is asked for those keys only that the
   * ones before it did not find.
   */
  readonly lookups: readonly ((key: Column, texts: readonly string[]) => Sql)[];
  /** Equal letter by letter. */
  equals(column: Column, text: string): Sql;
  /** `pattern` has `%` and `_` as wildcards, and `!` before those that are plain characters. */
  like(column: Column, pattern: string, isCaseSensitive: boolean): Sql;
  /** A total order, by text, near to what people expect; `isBehind` goes on in it after a stored key. */
  order(key: Column): Sql;
  isBehind(key: Column, position: string): Sql;
}

/** A text in both of its Unicode forms: what is stored was typed by many hands. */
export function unicodeForms(text: string): string[] {
  return [...new Set([text.normalize('NFC'), text.normalize('NFD')])];
}

/** `customer_user` or `schema.customer_user`. */
export function splitTableName(name: string): { readonly schema: string | null; readonly table: string } {
  const dot = name.indexOf('.');
  return dot === -1 ? { schema: null, table: name } : { schema: name.slice(0, dot), table: name.slice(dot + 1) };
}
