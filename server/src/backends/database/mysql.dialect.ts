import type { Database } from '../../platform/persistence/database.js';
import { quoteIdentifier } from '../../platform/persistence/sql.js';
import { splitTableName, unicodeForms, type Column, type Dialect, type Table } from './dialect.js';
import { list, sql, trusted, type Sql } from './sql.js';

/**
 * MySQL and MariaDB. The helpdesk's collation compares in any case by itself, and so uses its indexes; it also takes
 * `u` for `ü`, blanks at the end for nothing and any emoji for any other, which a search may do and a lookup may not.
 */
export const mysqlDialect: Dialect = {
  engine: 'mysql',

  async readTable(database, name) {
    const { schema, table } = splitTableName(name);
    const rows = await readColumns(database, schema, table);
    if (rows.length === 0) return null;
    const id = schema === null ? quoted(table) : sql`${quoted(schema)}.${quoted(table)}`;
    return { name, id, columns: rows.map(columnOf) } satisfies Table;
  },

  selected: (column) => (column.type === 'other' ? sql`CAST(${column.id} AS CHAR)` : column.id),

  selectedTime: ({ id }) => sql`DATE_FORMAT(${id}, '%Y-%m-%dT%H:%i:%sZ')`,

  equalsInAnyCase(column, texts) {
    const forms = texts.flatMap(unicodeForms);
    const candidates = list(forms.map((form) => sql`${form}`), ', ');
    const folded = list(forms.map((form) => sql`LOWER(${form})`), ', ');
    const exact = sql`LOWER(${textOf(column)}) COLLATE utf8mb4_bin IN (${folded})`;
    return ignoresCase(column) ? sql`(${comparable(column, forms)} IN (${candidates}) AND ${exact})` : exact;
  },

  lookups: [(key, texts) => mysqlDialect.equalsInAnyCase(key, texts)],

  equals: (column, text) =>
    sql`(${comparable(column, [text])} = ${text} AND CAST(${textOf(column)} AS BINARY) = CAST(${text} AS BINARY))`,

  like(column, pattern, isCaseSensitive) {
    if (isBlurred(pattern)) return sql`LOWER(${textOf(column)}) COLLATE utf8mb4_bin LIKE LOWER(${pattern}) ESCAPE '!'`;
    const compared = comparable(column, [pattern]);
    if (ignoresCase(column) || isCaseSensitive) return sql`${compared} LIKE ${pattern} ESCAPE '!'`;
    return sql`LOWER(${compared}) LIKE LOWER(${pattern}) ESCAPE '!'`;
  },

  order: (key) => (key.isUnique ? key.id : sql`${key.id}, CAST(${textOf(key)} AS BINARY)`),

  isBehind: (key, position) =>
    key.isUnique
      ? sql`${key.id} > ${position}`
      : sql`(${key.id} > ${position} OR (${key.id} = ${position} AND CAST(${textOf(key)} AS BINARY) > CAST(${position} AS BINARY)))`,
};

interface ColumnRow {
  name: string;
  type: string;
  length: number | string | null;
  nullable: string;
  charset: string | null;
  collation: string | null;
  uniques: number | string;
}

/** A unique index of several columns does not make each of them unique: only those of one column are counted. */
function readColumns(database: Database, schema: string | null, table: string): Promise<ColumnRow[]> {
  return database.query<ColumnRow>(
    `SELECT c.column_name AS name, c.data_type AS type, c.character_maximum_length AS length, c.is_nullable AS nullable,
            c.character_set_name AS charset, c.collation_name AS collation,
            (SELECT COUNT(*) FROM information_schema.statistics s
              WHERE s.table_schema = c.table_schema AND s.table_name = c.table_name AND s.non_unique = 0
                AND s.column_name = c.column_name AND s.sub_part IS NULL AND s.seq_in_index = 1
                AND NOT EXISTS (SELECT 1 FROM information_schema.statistics o
                     WHERE o.table_schema = s.table_schema AND o.table_name = s.table_name
                       AND o.index_name = s.index_name AND o.seq_in_index = 2)) AS uniques
       FROM information_schema.columns c
      WHERE c.table_schema = COALESCE(?, DATABASE()) AND c.table_name = ?
      ORDER BY c.ordinal_position`,
    [schema, table],
  );
}

const textTypes = new Set(['char', 'varchar', 'tinytext', 'text', 'mediumtext', 'longtext', 'enum', 'set']);
const longTextTypes = new Set(['tinytext', 'text', 'mediumtext', 'longtext']);
const largestIntegers: Readonly<Record<string, number>> = {
  tinyint: 127, smallint: 32_767, mediumint: 8_388_607, int: 2_147_483_647, bigint: Number.MAX_SAFE_INTEGER,
};
const bytesPerCharacter = 4;

function columnOf(row: ColumnRow): Column {
  const type = row.type.toLowerCase();
  const length = row.length === null ? null : Number(row.length);
  const maxInteger = largestIntegers[type] ?? null;
  return {
    name: row.name,
    id: quoted(row.name),
    type: textTypes.has(type) ? 'text' : maxInteger === null ? 'other' : 'integer',
    // the long texts are limited in bytes, and the schema says so in this place
    maxLength: length !== null && longTextTypes.has(type) ? Math.floor(length / bytesPerCharacter) : length,
    maxInteger,
    isNullable: row.nullable === 'YES',
    charset: row.charset,
    collation: row.collation,
    isUnique: Number(row.uniques) > 0,
  };
}

function quoted(name: string): Sql {
  return trusted(quoteIdentifier('mysql', name));
}

function ignoresCase({ type, collation }: Column): boolean {
  return type !== 'text' || /_ci$/i.test(collation ?? '');
}

/** As UTF-8 text of four bytes, whatever the column is. */
function textOf(column: Column): Sql {
  if (column.type !== 'text') return sql`CONVERT(CAST(${column.id} AS CHAR) USING utf8mb4)`;
  return column.charset === 'utf8mb4' ? column.id : sql`CONVERT(${column.id} USING utf8mb4)`;
}

/** The bare column, which can use an index, as long as its character set can hold what it is compared with. */
function comparable(column: Column, texts: readonly string[]): Sql {
  if (column.type !== 'text') return sql`CAST(${column.id} AS CHAR)`;
  const holdsMost = /^utf8(mb3|mb4)?$/.test(column.charset ?? '');
  const fits = column.charset === 'utf8mb4' || texts.every((text) => isAscii(text) || (holdsMost && !hasRareCharacters(text)));
  return fits ? column.id : textOf(column);
}

/** The usual collations take all characters beyond the Basic Multilingual Plane for one, and invisible ones for nothing. */
function isBlurred(text: string): boolean {
  return hasRareCharacters(text) || /\p{Cf}/u.test(text);
}

/** Beyond the Basic Multilingual Plane: four bytes in UTF-8. */
function hasRareCharacters(text: string): boolean {
  return /[\u{10000}-\u{10FFFF}]/u.test(text);
}

function isAscii(text: string): boolean {
  return !/[^\0-\x7F]/.test(text);
}
