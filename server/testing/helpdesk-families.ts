import type { Engine } from '../src/platform/persistence/database.js';
import type { Connection } from '../src/platform/persistence/database.js';
import { helpdeskTables } from '../../migrations/helpdesk-tables.js';
import type { ColumnDefinition, TableDefinition } from '../../migrations/table-definition.js';
import { createTable } from '../../migrations/table-sql.js';

export const families = ['znuny-6.0', 'znuny-7.1', 'otobo-11'] as const;
export type Family = (typeof families)[number];

/** Columns cut to what an index on utf8mb4 could hold in older servers: OTOBO has them so. */
const otoboLengths: Readonly<Record<string, number>> = {
  'customer_user.login': 191, 'service.name': 191, 'customer_company.name': 191, 'customer_preferences.user_id': 191,
  'dynamic_field.name': 191, 'dynamic_field_obj_id_name.object_name': 191, 'customer_user_customer.user_id': 100,
};
const withoutJoinIds = [
  'group_customer_user', 'group_customer', 'service_preferences', 'service_customer_user', 'customer_preferences',
  'customer_user_customer', 'search_profile',
];

/**
 * A database as a helpdesk of that family has left it: its tables by hand, without a trace of ours, with two rows and
 * columns of its own that we know nothing of.
 */
export async function makeFamily(connection: Connection, family: Family): Promise<void> {
  for (const table of helpdeskTables.map((definition) => asIn(family, definition))) {
    for (const statement of createTable(connection.engine, table, 'utf8mb4_unicode_ci')) {
      await connection.execute(statement.replaceAll('PRIMARY KEY (),\n  ', ''). replaceAll(/,\n {2}PRIMARY KEY \(\)/g, ''));
    }
  }
  await connection.execute(`ALTER TABLE customer_user ADD COLUMN room ${roomType(connection.engine)}`);
  await connection.execute(
    "INSERT INTO valid (id, name, create_time, create_by, change_time, change_by) VALUES (1, 'valid', CURRENT_TIMESTAMP, 1, CURRENT_TIMESTAMP, 1)",
  );
}

export const groupTableOf: Readonly<Record<Family, string>> = {
  'znuny-6.0': 'groups',
  'znuny-7.1': 'permission_groups',
  'otobo-11': 'groups_table',
};

function asIn(family: Family, definition: TableDefinition): TableDefinition {
  const hasNoId = family !== 'znuny-7.1' && withoutJoinIds.includes(definition.name);
  const columns = definition.columns
    .filter((column) => !(hasNoId && column.name === 'id'))
    .map((column) => (family === 'otobo-11' ? shortened(definition.name, column) : column));
  const indexValue: ColumnDefinition = { name: 'index_value', type: 'smallint', isNullable: true };
  return {
    name: definition.name === 'permission_groups' ? groupTableOf[family] : definition.name,
    columns: family === 'otobo-11' && definition.name === 'dynamic_field_value' ? [...columns, indexValue] : columns,
    primaryKey: hasNoId ? [] : definition.primaryKey,
    indexes: definition.indexes,
    references: [],
  };
}

function shortened(table: string, column: ColumnDefinition): ColumnDefinition {
  const length = otoboLengths[`${table}.${column.name}`];
  return length === undefined ? column : { ...column, type: { varchar: length } };
}

function roomType(engine: Engine): string {
  return engine === 'mysql' ? 'VARCHAR(20) CHARACTER SET utf8mb4 NULL' : 'VARCHAR(20)';
}
