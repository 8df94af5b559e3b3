import { quoteIdentifier } from '../../platform/persistence/sql.js';
import { splitTableName, unicodeForms, type Column, type Dialect, type Table } from './dialect.js';
import { list, sql, trusted, type Sql } from './sql.js';

/** PostgreSQL compares letter by letter; `lower()` on both sides is also what the helpdesk's own statements have. */
export const postgresDialect: Dialect = {
  engine: 'postgres',

  async readTable(database, name) {
    const { schema, table } = splitTableName(name);
    const rows = await database.query<ColumnRow>(columnsStatement, [schema, table]);
    if (rows.length === 0) return null;
    const id = schema === null ? quoted(table) : sql`${quoted(schema)}.${quoted(table)}`;
    return { name, id, columns: rows.map(columnOf) } satisfies Table;
  },

  selected: (column) => (column.type === 'other' ? textOf(column) : column.id),

  selectedTime: ({ id }) => sql`to_char(${id}, 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`,

  equalsInAnyCase(column, texts) {
    const forms = list(texts.flatMap(unicodeForms).map((form) => sql`lower(${form}::text)`), ', ');
    return sql`lower(${textOf(column)}) IN (${forms})`;
  },

  // most keys are asked for as they are spelled, and that is what the helpdesk's own index is good for
  lookups: [
    (key, texts) => sql`${textOf(key)} IN (${list(texts.flatMap(unicodeForms).map((form) => sql`${form}::text`), ', ')})`,
    (key, texts) => postgresDialect.equalsInAnyCase(key, texts),
  ],

  equals: (column, text) => sql`${textOf(column)} = ${text}::text`,

  like: (column, pattern, isCaseSensitive) =>
    isCaseSensitive
      ? sql`${textOf(column)} LIKE ${pattern}::text ESCAPE '!'`
      : sql`lower(${textOf(column)}) LIKE lower(${pattern}::text) ESCAPE '!'`,

  // byte order of lower-cased UTF-8 is the order of code points: the same on every server and in our own merging
  order: (key) => sql`lower(${textOf(key)}) COLLATE "C", ${textOf(key)} COLLATE "C"`,

  isBehind: (key, position) =>
    sql`(lower(${textOf(key)}) COLLATE "C", ${textOf(key)} COLLATE "C") > (lower(${position}::text) COLLATE "C", ${position}::text COLLATE "C")`,
};

interface ColumnRow {
  name: string;
  type: string;
  length: number | null;
  nullable: string;
  isUnique: boolean;
}

/** Without a schema, the first of the search path that has the table. */
const columnsStatement = `
  SELECT c.column_name::text AS name, c.data_type::text AS type, c.character_maximum_length::int AS length,
         c.is_nullable::text AS nullable,
         EXISTS (SELECT 1 FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
                  WHERE i.indrelid = format('%I.%I', c.table_schema, c.table_name)::regclass AND i.indisunique
                    AND i.indnkeyatts = 1 AND i.indpred IS NULL AND a.attname = c.column_name) AS "isUnique"
    FROM information_schema.columns c
   WHERE c.table_name = $2::text
     AND c.table_schema = COALESCE($1::text,
           (SELECT t.table_schema::text FROM information_schema.tables t
             WHERE t.table_name = $2::text AND t.table_schema::name = ANY (current_schemas(false))
             ORDER BY array_position(current_schemas(false), t.table_schema::name) LIMIT 1))
   ORDER BY c.ordinal_position`;

const textTypes = new Set(['character varying', 'character', 'text']);
const largestIntegers: Readonly<Record<string, number>> = {
  smallint: 32_767, integer: 2_147_483_647, bigint: Number.MAX_SAFE_INTEGER,
};

function columnOf(row: ColumnRow): Column {
  const maxInteger = largestIntegers[row.type] ?? null;
  return {
    name: row.name,
    id: quoted(row.name),
    type: textTypes.has(row.type) ? 'text' : maxInteger === null ? 'other' : 'integer',
    maxLength: row.length,
    maxInteger,
    isNullable: row.nullable === 'YES',
    charset: null,
    collation: null,
    isUnique: row.isUnique,
  };
}

function quoted(name: string): Sql {
  return trusted(quoteIdentifier('postgres', name));
}

function textOf({ id, type }: Column): Sql {
  return type === 'text' ? id : sql`CAST(${id} AS text)`;
}
