import type { Engine } from '../server/src/platform/persistence/database.js';
import { quoteIdentifier } from '../server/src/platform/persistence/sql.js';
import type { ColumnDefinition, ColumnType, IndexDefinition, Reference, TableDefinition } from './table-definition.js';

/** How text of a table compares on the MySQL family: as the helpdesk's tables do, or exactly, as on PostgreSQL. */
export type Collation = 'utf8mb4_unicode_ci' | 'utf8mb4_bin';

/** The statements that make one table with its indexes; the first one is the table itself. */
export function createTable(engine: Engine, definition: TableDefinition, collation: Collation): string[] {
  const quoted = (name: string): string => quoteIdentifier(engine, name);
  const lines = [
    ...definition.columns.map((column) => columnSql(engine, column)),
    `PRIMARY KEY (${definition.primaryKey.map(quoted).join(', ')})`,
    ...definition.indexes.flatMap((index) => indexLine(engine, index)),
  ];
  const options = engine === 'mysql' ? ` ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=${collation}` : '';
  return [
    `CREATE TABLE ${quoted(definition.name)} (\n  ${lines.join(',\n  ')}\n)${options}`,
    ...(engine === 'mysql' ? [] : definition.indexes.filter(({ isUnique }) => !isUnique).map((index) => postgresIndex(definition, index))),
  ];
}

export function referenceName(table: string, reference: Reference): string {
  return `FK_${table}_${reference.column}_id`;
}

/** All of one table in one statement: some servers copy the table for each. */
export function addReferences(engine: Engine, table: string, references: readonly Reference[]): string {
  const quoted = (name: string): string => quoteIdentifier(engine, name);
  const constraints = references.map(
    (reference) =>
      `ADD CONSTRAINT ${quoted(referenceName(table, reference))}` +
      ` FOREIGN KEY (${quoted(reference.column)}) REFERENCES ${quoted(reference.table)} (${quoted('id')})`,
  );
  return `ALTER TABLE ${quoted(table)} ${constraints.join(', ')}`;
}

export function columnSql(engine: Engine, column: ColumnDefinition): string {
  return [
    quoteIdentifier(engine, column.name),
    column.isIdentity && engine === 'postgres' ? serials[typeSql(engine, column.type)] : typeSql(engine, column.type),
    column.isNullable ? 'NULL' : 'NOT NULL',
    ...(column.default === undefined ? [] : [`DEFAULT ${column.default}`]),
    ...(column.isIdentity && engine === 'mysql' ? ['AUTO_INCREMENT'] : []),
  ].join(' ');
}

const serials: Readonly<Record<string, string>> = { SMALLINT: 'smallserial', INTEGER: 'serial', BIGINT: 'bigserial' };

/** As the helpdesk translates its neutral types: a long VARCHAR is TEXT on the MySQL family, a BLOB text on PostgreSQL. */
function typeSql(engine: Engine, type: ColumnType): string {
  if (typeof type === 'object') {
    return engine === 'mysql' && type.varchar > 255 ? 'TEXT' : `VARCHAR(${type.varchar})`;
  }
  const isMysql = engine === 'mysql';
  switch (type) {
    case 'smallint':
    case 'integer':
    case 'bigint':
      return type.toUpperCase();
    case 'datetime':
      return isMysql ? 'DATETIME' : 'timestamp(0) without time zone';
    case 'moment':
      return isMysql ? 'DATETIME(3)' : 'timestamp(3) with time zone';
    case 'longblob':
      return isMysql ? 'LONGBLOB' : 'TEXT';
    case 'longtext':
      return isMysql ? 'LONGTEXT' : 'TEXT';
  }
}

function indexLine(engine: Engine, index: IndexDefinition): string[] {
  const name = quoteIdentifier(engine, index.name);
  const columns = indexColumns(engine, index);
  if (engine === 'mysql') return [`${index.isUnique ? 'UNIQUE INDEX' : 'INDEX'} ${name} (${columns})`];
  return index.isUnique ? [`CONSTRAINT ${name} UNIQUE (${columns})`] : [];
}

function postgresIndex(definition: TableDefinition, index: IndexDefinition): string {
  const [name, table] = [index.name, definition.name].map((text) => quoteIdentifier('postgres', text));
  return `CREATE INDEX ${name} ON ${table} (${indexColumns('postgres', index)})`;
}

/** A prefix is honoured by the MySQL family only. */
function indexColumns(engine: Engine, index: IndexDefinition): string {
  return index.columns
    .map((part) =>
      typeof part === 'string'
        ? quoteIdentifier(engine, part)
        : quoteIdentifier(engine, part.name) + (engine === 'mysql' ? `(${part.prefix})` : ''),
    )
    .join(', ');
}
