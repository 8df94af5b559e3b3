import type { Database } from '../../platform/persistence/database.js';
import { quoteIdentifier } from '../../platform/persistence/sql.js';

export type Row = Readonly<Record<string, string | number | null>>;

export interface TableShape {
  readonly name: string;
  /** `login VARCHAR(200) NOT NULL`; unquoted names. */
  readonly columns: readonly string[];
  readonly hasAudit: boolean;
}

const personColumns = [
  'login VARCHAR(200) NOT NULL', 'email VARCHAR(150) NOT NULL', 'customer_id VARCHAR(150) NOT NULL', 'pw VARCHAR(128)',
  'title VARCHAR(50)', 'first_name VARCHAR(100) NOT NULL', 'last_name VARCHAR(100) NOT NULL', 'phone VARCHAR(150)', 'fax VARCHAR(150)',
  'mobile VARCHAR(150)', 'street VARCHAR(150)', 'zip VARCHAR(200)', 'city VARCHAR(200)', 'country VARCHAR(200)', 'comments VARCHAR(250)',
  'valid_id SMALLINT NOT NULL',
];
const customerColumns = [
  'customer_id VARCHAR(150) NOT NULL PRIMARY KEY', 'name VARCHAR(200) NOT NULL', 'street VARCHAR(200)', 'zip VARCHAR(200)',
  'city VARCHAR(200)', 'country VARCHAR(200)', 'url VARCHAR(200)', 'comments VARCHAR(250)', 'valid_id SMALLINT NOT NULL',
];

/** The helpdesk's table of customer users, under any name and with any columns more. */
export function personTable(name: string, more: readonly string[] = []): TableShape {
  return { name, columns: [...personColumns, ...more, `CONSTRAINT ${name}_login UNIQUE (login)`], hasAudit: true };
}

export function customerTable(name: string): TableShape {
  return { name, columns: [...customerColumns, `CONSTRAINT ${name}_name UNIQUE (name)`], hasAudit: true };
}

export async function createTable(database: Database, { name, columns, hasAudit }: TableShape): Promise<void> {
  const time = database.engine === 'mysql' ? 'DATETIME' : 'timestamp(0)';
  const audit = [`create_time ${time} NOT NULL`, 'create_by INTEGER NOT NULL', `change_time ${time} NOT NULL`, 'change_by INTEGER NOT NULL'];
  await database.query(`CREATE TABLE ${name} (${[...(hasAudit ? audit : []), ...columns].join(', ')})`);
}

/** Written past our own code, as the helpdesk would. */
export async function insertRows(database: Database, table: string, rows: readonly Row[]): Promise<void> {
  for (const row of rows) {
    const names = Object.keys(row);
    const marks = names.map((_, index) => (database.engine === 'mysql' ? '?' : `$${index + 1}`));
    const quoted = names.map((name) => quoteIdentifier(database.engine, name));
    await database.execute(`INSERT INTO ${table} (${quoted.join(', ')}) VALUES (${marks.join(', ')})`, Object.values(row));
  }
}

const audit = { create_time: '2026-01-02 03:04:05', create_by: 1, change_time: '2026-01-02 03:04:05', change_by: 1 };

/** A row of the table of customer users: columns, not variables. */
export function aPersonRow(login: string, more: Row = {}): Row {
  return {
    login, email: `${login}@mail.test`, customer_id: 'ACME', first_name: 'Anna', last_name: 'Berg', valid_id: 1, ...audit, ...more,
  };
}

export function aCustomerRow(customerId: string, more: Row = {}): Row {
  return { customer_id: customerId, name: `${customerId} Ltd`, valid_id: 1, ...audit, ...more };
}
