import { groupTableNames, helpdeskTables, type GroupTableName } from '../../../../migrations/helpdesk-tables.js';
import type { ColumnDefinition, TableDefinition } from '../../../../migrations/table-definition.js';
import type { Database } from './database.js';
import { readTableFacts, type ColumnFacts, type ColumnKind, type TableFacts } from './schema-facts.js';

/** Which of the helpdesk's families this database belongs to, as far as our SQL depends on it. */
export interface HelpdeskFacts {
  readonly groupTable: GroupTableName;
  /** `id` in group_customer_user and the other join tables; never to be written or ordered by. */
  readonly hasJoinIds: boolean;
  /** OTOBO 11: index_value in dynamic_field_value. */
  readonly hasIndexValue: boolean;
  readonly tables: ReadonlyMap<string, TableFacts>;
}

/** `absent`: no helpdesk here. `present`: all that is needed. `faulty`: some of it, with all faults in plain words. */
export type HelpdeskFound =
  | { readonly state: 'absent' }
  | { readonly state: 'present'; readonly facts: HelpdeskFacts }
  | { readonly state: 'faulty'; readonly faults: readonly string[] };

/** Looks, and changes nothing. */
export async function findHelpdesk(database: Database): Promise<HelpdeskFound> {
  const names = [...helpdeskTables.map(({ name }) => name), ...groupTableNames];
  const tables = await readTableFacts(database, [...new Set(names)]);
  if (tables.size === 0) return { state: 'absent' };
  const groupTable = groupTableNames.find((name) => tables.has(name));
  const faults = helpdeskTables.flatMap((definition) =>
    definition.name === 'permission_groups'
      ? faultsOfGroups(definition, groupTable, tables)
      : faultsOf(definition, definition.name, tables),
  );
  if (groupTable === undefined || faults.length > 0) return { state: 'faulty', faults };
  return {
    state: 'present',
    facts: {
      groupTable,
      hasJoinIds: tables.get('group_customer_user')?.columns.has('id') ?? false,
      hasIndexValue: tables.get('dynamic_field_value')?.columns.has('index_value') ?? false,
      tables,
    },
  };
}

function faultsOfGroups(
  definition: TableDefinition,
  groupTable: GroupTableName | undefined,
  tables: ReadonlyMap<string, TableFacts>,
): string[] {
  if (groupTable !== undefined) return faultsOf(definition, groupTable, tables);
  return [`table ${groupTableNames[0]} missing (nor is there ${groupTableNames.slice(1).join(' or ')})`];
}

function faultsOf(definition: TableDefinition, name: string, tables: ReadonlyMap<string, TableFacts>): string[] {
  const table = tables.get(name);
  if (table === undefined) return [`table ${name} missing`];
  return definition.columns.flatMap((column) => faultOfColumn(name, column, table.columns.get(column.name)));
}

function faultOfColumn(table: string, definition: ColumnDefinition, found: ColumnFacts | undefined): string[] {
  if (found === undefined) return definition.isOptional ? [] : [`table ${table}: column ${definition.name} missing`];
  const kinds = kindsOf(definition);
  if (definition.isOptional || kinds.includes(found.kind)) return [];
  return [`table ${table}: column ${definition.name} is ${wordOf[found.kind]}, ${wordOf[kinds[0]]} is needed`];
}

const wordOf: Readonly<Record<ColumnKind, string>> = {
  text: 'text',
  integer: 'a whole number',
  moment: 'date and time',
  binary: 'binary',
  other: 'of an unknown type',
};

function kindsOf({ type }: ColumnDefinition): readonly [ColumnKind, ...ColumnKind[]] {
  if (typeof type === 'object' || type === 'longtext') return ['text'];
  if (type === 'longblob') return ['binary', 'text'];
  return type === 'datetime' || type === 'moment' ? ['moment'] : ['integer'];
}
