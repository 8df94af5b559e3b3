import type { Connection } from '../../platform/persistence/database.js';
import { Program, quickHashes } from '../../../testing/program.js';
import { aCustomerRow, aPersonRow, insertRows, type Row } from '../../backends/testing/tables.js';

export const audit = { create_time: '2026-01-02 03:04:05', create_by: 1, change_time: '2026-01-02 03:04:05', change_by: 1 };
export const same = 'Ticket::CustomerID::Same';
export const other = 'Ticket::CustomerID::Other';

/** Customer groups on, both contexts on, and one permission more than the helpdesk's own. */
export const withGroups = {
  Settings: {
    ...quickHashes.Settings,
    CustomerGroupSupport: 1,
    'System::Customer::Permission': ['ro', 'create', 'rw'],
    CustomerGroupPermissionContext: {
      '001-CustomerID-same': { Value: same, Name: 'Same Customer' },
      '100-CustomerID-other': { Value: other, Name: 'Other Customers' },
    },
  },
};

/** Groups 10 to 19 (19 invalid), services 1 to 9 (9 invalid), customers C1 to C3 (C3 invalid), and a few people. */
export async function stageRelations(connection: Connection): Promise<void> {
  const numbers = Array.from({ length: 10 }, (_, index) => index);
  await insertRows(connection, 'permission_groups', numbers.map((n) => ({ id: 10 + n, name: `group ${n}`, valid_id: n === 9 ? 2 : 1, ...audit })));
  await insertRows(connection, 'service', numbers.slice(1).map((n) => ({ id: n, name: `service ${n}`, valid_id: n === 9 ? 2 : 1, ...audit })));
  await insertRows(connection, 'customer_company', ['C1', 'C2', 'C3'].map((id) => aCustomerRow(id, { valid_id: id === 'C3' ? 2 : 1 })));
  await insertRows(connection, 'customer_user', [
    ...['anna', 'boris', 'Carla', 'dora'].map((login) => aPersonRow(login, { customer_id: 'C1', first_name: login })),
    aPersonRow('inga', { customer_id: 'C2', first_name: 'inga', valid_id: 2 }),
  ]);
}

export function startRelations(url: string): Promise<Program> {
  return Program.open(url, withGroups);
}

export function groupRow(login: string, groupId: number, key: string, more: Row = {}): Row {
  return { user_id: login, group_id: groupId, permission_key: key, permission_value: 1, ...audit, ...more };
}

export function customerGroupRow(customerId: string, groupId: number, key: string, context = same): Row {
  return { customer_id: customerId, group_id: groupId, permission_key: key, permission_value: 1, permission_context: context, ...audit };
}

export function memberRow(login: string, customerId: string): Row {
  return { user_id: login, customer_id: customerId, ...audit };
}

export function serviceRow(login: string, serviceId: number): Row {
  return { customer_user_login: login, service_id: serviceId, create_time: audit.create_time, create_by: 1 };
}
