import { randomBytes } from 'node:crypto';
import type { TestDatabase } from '../../../testing/databases.js';
import { aCustomerBlock, aCustomerUserBlock } from '../../../testing/blocks.js';
import type { BackendBlock } from '../../configuration/index.js';
import { systemClock } from '../../kernel/clock.js';
import { deadlineIn } from '../../kernel/deadline.js';
import type { Backend, RecordQuery, StoredRecord } from '../backend.js';
import type { DriverContext } from '../backend-driver.js';
import { openBackend } from '../backend-factory.js';
import { drivers } from '../drivers.js';
import { parseSearch } from '../search-expression.js';
import { createTable, customerTable, insertRows, personTable, type Row, type TableShape } from './tables.js';

type BlockChanges = Readonly<Record<string, unknown>>;

export const patience = () => deadlineIn(10_000);

export function contextOn(database: TestDatabase, dynamicFields: DriverContext['dynamicFields'] = []): DriverContext {
  return { mainConnection: database.connection, clock: systemClock, secretKey: 'k'.repeat(32), dynamicFields };
}

/** A table of its own with these rows, and the backend that a block about it makes. */
export async function stagePeople(
  database: TestDatabase,
  rows: readonly Row[],
  { block = {}, table = personTable(freshName()) }: { block?: BlockChanges; table?: TableShape } = {},
): Promise<Backend> {
  await createTable(database.connection, table);
  await insertRows(database.connection, table.name, rows);
  return open(database, aCustomerUserBlock({ ...block, Params: { Table: table.name, ...(block['Params'] ?? {}) } }));
}

export async function stageCustomers(database: TestDatabase, rows: readonly Row[], block: BlockChanges = {}): Promise<Backend> {
  const table = customerTable(freshName());
  await createTable(database.connection, table);
  await insertRows(database.connection, table.name, rows);
  return open(database, aCustomerBlock({ ...block, Params: { Table: table.name } }));
}

export async function open(database: TestDatabase, block: BackendBlock): Promise<Backend> {
  const { backend, failure } = await openBackend(block, drivers, contextOn(database));
  if (failure) throw failure;
  return backend;
}

export function freshName(): string {
  return `t_${randomBytes(5).toString('hex')}`;
}

/** Conditions of a search, with the text as it is typed. */
export interface Asked extends Partial<Omit<RecordQuery, 'text'>> {
  readonly text?: string;
}

export async function found(backend: Backend, asked: string | Asked): Promise<string[]> {
  const { records } = await backend.search(queryOf(asked), null, 1000, patience());
  return records.map(({ key }) => key);
}

export function queryOf(asked: string | Asked): RecordQuery {
  const { text = '', ...conditions } = typeof asked === 'string' ? { text: asked } : asked;
  return { customerId: null, email: null, validity: 'all', ...conditions, text: parseSearch(text) };
}

export async function must(backend: Backend, key: string): Promise<StoredRecord> {
  const record = await backend.find(key, patience());
  if (!record) throw new Error(`nobody is ${key}`);
  return record;
}
