import { Inject, Injectable } from '@nestjs/common';
import { foldKey } from '../kernel/fold-key.js';
import { DomainError } from '../kernel/errors.js';
import { validityOf } from '../backends/index.js';
import { equalsInAnyCase } from '../platform/persistence/any-case.js';
import type { Connection } from '../platform/persistence/database.js';
import type { DatabaseReport } from '../platform/persistence/migrate.js';
import { DATABASE_REPORT, MAIN_CONNECTION } from '../platform/persistence/persistence.module.js';
import { portable, quoteIdentifier } from '../platform/persistence/sql.js';
import type { CustomerGrant, DirectGrant, GroupFact } from './permission-facts.js';

/** Rows of one answer at most: beyond it nobody is told half of the truth. */
const mostRows = 200_000;
/** Keys of one statement: PostgreSQL binds up to 65,535 values. */
const keysAtOnce = 10_000;

/** What the helpdesk's relation tables say. Rows that are there twice count once. */
@Injectable()
export class PermissionFactsRepository {
  private readonly groupTable: string;
  private readonly tables: DatabaseReport['facts']['tables'];

  constructor(
    @Inject(MAIN_CONNECTION) private readonly connection: Connection,
    @Inject(DATABASE_REPORT) { facts }: Pick<DatabaseReport, 'facts'>,
  ) {
    this.groupTable = quoteIdentifier(connection.engine, facts.groupTable);
    this.tables = facts.tables;
  }

  /** Customers that people are related to, by `foldKey(login)`, in the order of the customer ID. */
  async assignedCustomers(logins: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, readonly string[]>> {
    const rows = await this.rowsOf<{ user_id: string; customer_id: string }>(
      logins,
      { table: 'customer_user_customer', column: 'user_id', signal },
      (condition) => `SELECT DISTINCT user_id, customer_id FROM customer_user_customer WHERE ${condition}`,
    );
    const byLogin = new Map<string, string[]>();
    for (const { user_id: login, customer_id: customerId } of rows.sort((one, other) => compared(one.customer_id, other.customer_id))) {
      byLogin.set(foldKey(login), [...(byLogin.get(foldKey(login)) ?? []), customerId]);
    }
    return byLogin;
  }

  async directGrants(logins: readonly string[], groupIds: readonly number[] | null, signal: AbortSignal): Promise<DirectGrant[]> {
    const rows = await this.rowsOf<{ user_id: string; group_id: number; permission_key: string }>(
      logins,
      { table: 'group_customer_user', column: 'user_id', signal },
      (condition) => `SELECT DISTINCT user_id, group_id, permission_key FROM group_customer_user
                       WHERE permission_value = 1 AND ${condition}${among('group_id', groupIds)}`,
    );
    return rows.map((row) => ({ login: row.user_id, groupId: Number(row.group_id), key: row.permission_key }));
  }

  async customerGrants(customerIds: readonly string[], groupIds: readonly number[] | null, signal: AbortSignal): Promise<CustomerGrant[]> {
    const rows = await this.rowsOf<CustomerGrantRow>(
      customerIds,
      { table: 'group_customer', column: 'customer_id', signal },
      (condition) => `SELECT DISTINCT customer_id, group_id, permission_key, permission_context FROM group_customer
                       WHERE permission_value = 1 AND ${condition}${among('group_id', groupIds)}`,
    );
    return rows.map(toCustomerGrant);
  }

  /** Whoever has one of the types on one of the groups, in one context: ordered by customer, `limit` rows at most. */
  async customersWithGrants(
    { groupIds, keys, context }: { groupIds: readonly number[]; keys: readonly string[]; context: string },
    limit: number,
  ): Promise<CustomerGrant[]> {
    if (groupIds.length === 0) return [];
    const rows = await this.query<CustomerGrantRow>(
      `SELECT DISTINCT customer_id, group_id, permission_key, permission_context FROM group_customer
        WHERE permission_value = 1 AND permission_context = ? AND permission_key IN (${keys.map(() => '?').join(', ')})${among('group_id', groupIds)}
        ORDER BY customer_id, group_id, permission_key LIMIT ${Math.trunc(limit)}`,
      [context, ...keys],
    );
    return rows.map(toCustomerGrant);
  }

  /** By number or by exact name; a number that no group has is left out. */
  async groups(groupIds: readonly number[], names: readonly string[]): Promise<GroupFact[]> {
    const byId = groupIds.length === 0 ? '1 = 0' : `id IN (${groupIds.map(wholeNumber).join(', ')})`;
    const byName = names.length === 0 ? '1 = 0' : `name IN (${names.map(() => '?').join(', ')})`;
    const rows = await this.query<{ id: number; name: string; valid_id: number }>(
      `SELECT id, name, valid_id FROM ${this.groupTable} WHERE ${byId} OR ${byName} ORDER BY id LIMIT ${mostRows}`,
      names,
    );
    return rows.map(({ id, name, valid_id: validId }) => ({ groupId: Number(id), name, validity: validityOf(validId) }));
  }

  private async rowsOf<Row extends object>(keys: readonly string[], { table, column, signal }: KeyColumn, select: (condition: string) => string): Promise<Row[]> {
    const folded = new Set(keys.map(foldKey));
    const textColumn = { name: column, ignoresCase: this.tables.get(table)?.columns.get(column)?.ignoresCase ?? false };
    const found: Row[] = [];
    for (let start = 0; start < keys.length; start += keysAtOnce) {
      const condition = equalsInAnyCase(this.connection.engine, textColumn, keys.slice(start, start + keysAtOnce));
      const rows = await this.query<Row>(`${select(condition.sql)} LIMIT ${mostRows + 1}`, condition.values, signal);
      if (rows.length > mostRows) throw new DomainError('request.too-large', { message: 'more relations than can be looked at in one go' });
      found.push(...rows.filter((row) => folded.has(foldKey(String(Reflect.get(row, column))))));
    }
    return found;
  }

  private query<Row>(statement: string, values: readonly unknown[], signal?: AbortSignal): Promise<Row[]> {
    return this.connection.query<Row>(portable(this.connection.engine, statement), values, signal);
  }
}

interface KeyColumn {
  readonly table: string;
  readonly column: 'user_id' | 'customer_id';
  readonly signal: AbortSignal;
}

interface CustomerGrantRow {
  customer_id: string;
  group_id: number;
  permission_key: string;
  permission_context: string;
}

function toCustomerGrant(row: CustomerGrantRow): CustomerGrant {
  return { customerId: row.customer_id, groupId: Number(row.group_id), key: row.permission_key, context: row.permission_context };
}

/** Numbers of our own making need no binding. */
function among(column: string, ids: readonly number[] | null): string {
  if (ids === null) return '';
  return ids.length === 0 ? ' AND 1 = 0' : ` AND ${column} IN (${ids.map(wholeNumber).join(', ')})`;
}

function wholeNumber(id: number): string {
  return String(Number.isSafeInteger(id) ? id : -1);
}

function compared(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
