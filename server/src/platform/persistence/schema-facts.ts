import type { Database, Engine } from './database.js';
import { portable } from './sql.js';

export type ColumnKind = 'text' | 'integer' | 'moment' | 'binary' | 'other';

/** What the server itself says about one column; nothing of it is assumed. */
export interface ColumnFacts {
  readonly name: string;
  readonly kind: ColumnKind;
  /** Characters at most; `null`: no limit of its own. */
  readonly length: number | null;
  readonly isNullable: boolean;
  readonly hasDefault: boolean;
  /** Whether `a` equals `A` in it. Always false on PostgreSQL and for what is not text. */
  readonly ignoresCase: boolean;
}

export interface IndexFacts {
  readonly name: string;
  /** In their order; empty for an expression. */
  readonly columns: readonly string[];
  readonly isUnique: boolean;
}

export interface TableFacts {
  readonly name: string;
  readonly columns: ReadonlyMap<string, ColumnFacts>;
  readonly indexes: readonly IndexFacts[];
}

/** Facts of the tables that exist, of those named, in the database (on PostgreSQL: in the current schema). Only reads. */
export async function readTableFacts(
  database: Database,
  names: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, TableFacts>> {
  if (names.length === 0) return new Map();
  const placeholders = names.map(() => '?').join(', ');
  const statement = (sql: string): string => portable(database.engine, sql.replace('@names', placeholders));
  const columns = await database.query<ColumnRow>(statement(columnsSql[database.engine]), names, signal);
  const indexes = await database.query<IndexRow>(statement(indexesSql[database.engine]), names, signal);
  const tables = [...new Set(columns.map((row) => row.table_name))];
  return new Map(
    tables.map((name) => [
      name,
      {
        name,
        columns: new Map(columns.filter((row) => row.table_name === name).map((row) => [row.column_name, columnFacts(row)])),
        indexes: indexFacts(indexes.filter((row) => row.table_name === name)),
      },
    ]),
  );
}

interface ColumnRow {
  table_name: string;
  column_name: string;
  data_type: string;
  length: number | string | null;
  is_nullable: string;
  column_default: string | null;
  is_identity: string;
  collation_name: string | null;
}

interface IndexRow {
  table_name: string;
  index_name: string;
  column_name: string | null;
  is_unique: boolean | number;
}

const columnsSql: Readonly<Record<Engine, string>> = {
  mysql: `SELECT table_name AS table_name, column_name AS column_name, data_type AS data_type,
                 character_maximum_length AS length, is_nullable AS is_nullable, column_default AS column_default,
                 IF(extra LIKE '%auto_increment%', 'YES', 'NO') AS is_identity, collation_name AS collation_name
            FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name IN (@names)
           ORDER BY table_name, ordinal_position`,
  postgres: `SELECT table_name, column_name, data_type, character_maximum_length AS length, is_nullable, column_default,
                    is_identity, NULL AS collation_name
               FROM information_schema.columns WHERE table_schema = current_schema() AND table_name IN (@names)
              ORDER BY table_name, ordinal_position`,
};

/** PostgreSQL's information_schema knows no indexes; its catalog is read instead. */
const indexesSql: Readonly<Record<Engine, string>> = {
  mysql: `SELECT table_name AS table_name, index_name AS index_name, column_name AS column_name,
                 non_unique = 0 AS is_unique
            FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name IN (@names)
           ORDER BY table_name, index_name, seq_in_index`,
  postgres: `SELECT owner.relname AS table_name, shown.relname AS index_name, attribute.attname AS column_name,
                    listed.indisunique AS is_unique
               FROM pg_index listed
               JOIN pg_class shown ON shown.oid = listed.indexrelid
               JOIN pg_class owner ON owner.oid = listed.indrelid
               JOIN pg_namespace space ON space.oid = owner.relnamespace AND space.nspname = current_schema()
              CROSS JOIN LATERAL unnest(listed.indkey) WITH ORDINALITY AS part (number, position)
               LEFT JOIN pg_attribute attribute ON attribute.attrelid = owner.oid AND attribute.attnum = part.number AND part.number > 0
              WHERE owner.relname IN (@names)
              ORDER BY owner.relname, shown.relname, part.position`,
};

function columnFacts(row: ColumnRow): ColumnFacts {
  const kind = kindOf(row.data_type.toLowerCase());
  return {
    name: row.column_name,
    kind,
    length: row.length === null || kind !== 'text' ? null : Number(row.length),
    isNullable: row.is_nullable === 'YES',
    hasDefault: row.column_default !== null || row.is_identity === 'YES',
    ignoresCase: /_ci$/.test(row.collation_name ?? ''),
  };
}

const kinds: Readonly<Record<string, ColumnKind>> = {
  varchar: 'text', char: 'text', text: 'text', tinytext: 'text', mediumtext: 'text', longtext: 'text',
  'character varying': 'text', character: 'text',
  smallint: 'integer', integer: 'integer', int: 'integer', bigint: 'integer', tinyint: 'integer', mediumint: 'integer',
  datetime: 'moment', timestamp: 'moment', 'timestamp without time zone': 'moment', 'timestamp with time zone': 'moment',
  blob: 'binary', tinyblob: 'binary', mediumblob: 'binary', longblob: 'binary', bytea: 'binary', varbinary: 'binary',
};

function kindOf(dataType: string): ColumnKind {
  return kinds[dataType] ?? 'other';
}

function indexFacts(rows: readonly IndexRow[]): IndexFacts[] {
  return [...new Set(rows.map((row) => row.index_name))].map((name) => {
    const parts = rows.filter((row) => row.index_name === name);
    return {
      name,
      columns: parts.flatMap((row) => (row.column_name === null ? [] : [row.column_name])),
      isUnique: parts.some((row) => Boolean(row.is_unique)),
    };
  });
}
