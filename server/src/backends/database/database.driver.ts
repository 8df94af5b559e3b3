import type { BackendBlock } from '../../configuration/index.js';
import type { Connection } from '../../platform/persistence/database.js';
import { openConnection } from '../../platform/persistence/open-connection.js';
import { BlockFaults, defineDriver, type DriverContext, type OpenedBackend } from '../backend-driver.js';
import { DatabaseBackend } from './database-backend.js';
import { failureOf } from './database-failure.js';
import { DatabaseInspector } from './database-inspector.js';
import { DatabaseParams, ownDatabaseUrl } from './database-params.js';
import { mappedDynamicFields, objectTypeOf } from '../dynamic-fields/dynamic-field.js';
import type { Dialect } from './dialect.js';
import { mysqlDialect } from './mysql.dialect.js';
import { postgresDialect } from './postgres.dialect.js';
import { sql } from './sql.js';
import { planTable, type SearchedDynamicFields } from './table-plan.js';
import { TableSource, type OpenTable } from './table-source.js';

/** Connections of a block's own database. */
const ownPoolSize = 5;

/** Tables and views of the main database, or of one of their own, on MySQL, MariaDB and PostgreSQL. */
export const databaseDriver = defineDriver({
  name: 'database',
  modules: ['Kernel::System::CustomerUser::DB', 'Kernel::System::CustomerCompany::DB', 'database'],
  params: DatabaseParams,
  open: openDatabaseBackend,
});

async function openDatabaseBackend(block: BackendBlock, params: DatabaseParams, context: DriverContext): Promise<OpenedBackend> {
  const url = ownDatabaseUrl(params);
  const source = new TableSource(() => openTable(block, params, url, context));
  const backend = new DatabaseBackend({
    block,
    source,
    isCaseSensitive: params.SearchCaseSensitive ?? params.CaseSensitive ?? false,
    ownsConnection: url !== null,
    secretKey: context.secretKey,
  });
  const inspector = new DatabaseInspector({
    url,
    main: context.mainConnection,
    fit: (connection) => fitted(block, params, connection, url === null ? context : null),
    owner: { backendId: block.id, secretKey: context.secretKey },
  });
  try {
    await source.get();
    return { backend, inspector, failure: null, isInMainDatabase: url === null };
  } catch (error) {
    const failure = failureOf(error);
    if (failure instanceof BlockFaults || !(failure instanceof Error)) throw failure;
    return { backend, inspector, failure, isInMainDatabase: url === null };
  }
}

async function openTable(block: BackendBlock, params: DatabaseParams, url: string | null, context: DriverContext): Promise<OpenTable> {
  if (url === null) return fitted(block, params, context.mainConnection, context);
  const connection = await openConnection(url, { poolSize: ownPoolSize });
  try {
    return await fitted(block, params, connection, null);
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** `main`: the table is in the main database, where the values of dynamic fields are. */
async function fitted(
  block: BackendBlock,
  params: DatabaseParams,
  connection: Connection,
  main: DriverContext | null,
): Promise<OpenTable> {
  const dialect = connection.engine === 'mysql' ? mysqlDialect : postgresDialect;
  const table = await dialect.readTable(connection, params.Table);
  if (!table) throw new BlockFaults([`Params.Table: table "${params.Table}" does not exist`]);
  return { connection, dialect, plan: planTable(block, params, { table, dynamicFields: main && (await searchedDynamicFields(block, dialect, main)) }) };
}

async function searchedDynamicFields(block: BackendBlock, dialect: Dialect, context: DriverContext): Promise<SearchedDynamicFields | null> {
  const searched = mappedDynamicFields(block, context.dynamicFields).filter(({ row }) => row.isSearchable);
  if (searched.length === 0) return null;
  const values = await dialect.readTable(context.mainConnection, 'dynamic_field_value');
  const value = values?.columns.find(({ name }) => name === 'value_text');
  if (!value) return null;
  return {
    objectType: objectTypeOf[block.kind],
    fieldIds: searched.map(({ field }) => field.id),
    value: { ...value, id: sql`v.${value.id}` },
  };
}
