import type { Database } from '../../platform/persistence/database.js';
import type { Transaction } from '../../platform/persistence/unit-of-work.js';
import { foldKey, type MemberMove, type MovedMembers } from '../backend.js';
import { changedBy } from './audit-assignments.js';
import type { Column } from './dialect.js';
import { isListable, replaceListed } from './listed-customers.js';
import { allOf, compile, list, sql, trusted, type Sql } from './sql.js';
import type { OpenTable } from './table-source.js';

/** Keys of one statement at most. */
const keysAtOnce = 500;
const listVariable = 'UserCustomerIDs';

/** Gives people of one customer another customer ID, touching nothing else of theirs. */
export class MemberMover {
  constructor(private readonly table: OpenTable) {}

  async move(transaction: Transaction, move: MemberMove, position: string | null, limit: number): Promise<MovedMembers> {
    const database = await transaction.on(this.table.connection);
    return move.through === 'own'
      ? this.moveOwn(transaction, database, move, limit)
      : this.moveListed(transaction, database, { move, position, limit });
  }

  /** Who only lists the customer. Own ones are counted as any search is. */
  async countListed(customerId: string, signal: AbortSignal): Promise<number> {
    let count = 0;
    let position: string | null = null;
    do {
      const page = await this.listedPage(this.table.connection, { customerId, position, limit: keysAtOnce }, signal);
      count += page.rows.filter(({ text }) => replaceListed(text, customerId, `${customerId}.`) !== null).length;
      position = page.position;
    } while (position !== null);
    return count;
  }

  /** Whoever is moved is not found any more, so each part begins anew; rows in the wanted spelling are left out. */
  private async moveOwn(transaction: Transaction, database: Database, { from, to }: MemberMove, limit: number): Promise<MovedMembers> {
    const { dialect, plan } = this.table;
    const column = plan.customerId;
    if (column === null) return { keys: [], refused: [], position: null };
    const isRespelled = foldKey(from) === foldKey(to);
    const isMember = allOf([dialect.equalsInAnyCase(column, [from]), ...(isRespelled ? [sql`NOT ${dialect.equals(column, to)}`] : [])]);
    const found = await this.keys(database, sql`WHERE ${isMember} LIMIT ${trusted(String(limit))}`);
    const keys: string[] = [];
    for (let start = 0; start < found.length; start += keysAtOnce) {
      // locked by their keys, and looked at once more: the search itself neither waits for other writers nor holds them up
      const some = allOf([this.hasKey(found.slice(start, start + keysAtOnce)), isMember]);
      keys.push(...(await this.keys(database, sql`WHERE ${some} FOR UPDATE`)));
      await this.execute(database, sql`UPDATE ${plan.table.id} SET ${this.assignment(transaction, column, to)} WHERE ${some}`);
    }
    return { keys, refused: [], position: found.length < limit ? null : '' };
  }

  private async moveListed(
    transaction: Transaction,
    database: Database,
    { move, position, limit }: { move: MemberMove; position: string | null; limit: number },
  ): Promise<MovedMembers> {
    const column = this.listColumn();
    if (column === null || !isListable(move.to)) return { keys: [], refused: [], position: null };
    const page = await this.listedPage(database, { customerId: move.from, position, limit });
    const keys: string[] = [];
    const refused: string[] = [];
    for (const { key, text } of page.rows) {
      const replaced = replaceListed(text, move.from, move.to);
      if (replaced === null) continue;
      if (column.maxLength !== null && [...replaced].length > column.maxLength) {
        refused.push(key);
        continue;
      }
      const { dialect, plan } = this.table;
      const isSame = allOf([dialect.equals(plan.key, key), dialect.equals(column, text)]);
      const touched = await this.execute(database, sql`UPDATE ${plan.table.id} SET ${this.assignment(transaction, column, replaced)} WHERE ${isSame}`);
      if (touched > 0) keys.push(key);
    }
    return { keys, refused, position: page.position };
  }

  /** Whose list has the text somewhere in it: a first sieve, by the order of keys. */
  private async listedPage(
    database: Database,
    { customerId, position, limit }: { customerId: string; position: string | null; limit: number },
    signal?: AbortSignal,
  ): Promise<{ rows: { key: string; text: string }[]; position: string | null }> {
    const { dialect, plan } = this.table;
    const column = this.listColumn();
    if (column === null) return { rows: [], position: null };
    const pattern = `%${customerId.replace(/[!%_]/g, '!$&')}%`;
    const conditions = [dialect.like(column, pattern, false), ...(position === null ? [] : [dialect.isBehind(plan.key, position)])];
    const statement = sql`SELECT ${dialect.selected(plan.key)} AS member, ${dialect.selected(column)} AS listed FROM ${plan.table.id}
      WHERE ${allOf(conditions)} ORDER BY ${dialect.order(plan.key)} LIMIT ${trusted(String(limit))}`;
    const { text, values } = compile(statement, dialect.engine);
    const found = await database.query<{ member: string | number; listed: string | null }>(text, values, signal);
    const rows = found.map(({ member, listed }) => ({ key: String(member), text: listed ?? '' }));
    return { rows, position: rows.length < limit ? null : (rows.at(-1)?.key ?? null) };
  }

  private listColumn(): Column | null {
    const mapped = this.table.plan.mapped.find(({ row }) => row.variable === listVariable);
    return mapped?.column.type === 'text' ? mapped.column : null;
  }

  /** The cheapest condition: these keys were read a moment ago, in their spelling. */
  private hasKey(keys: readonly string[]): Sql {
    const { dialect, plan } = this.table;
    const [cheapest] = dialect.lookups;
    return cheapest === undefined ? dialect.equalsInAnyCase(plan.key, keys) : cheapest(plan.key, keys);
  }

  private assignment(transaction: Transaction, column: Column, value: string): Sql {
    return list([sql`${column.id} = ${value}`, ...changedBy(transaction, this.table.plan).map(([{ id }, changed]) => sql`${id} = ${changed}`)], ', ');
  }

  private async keys(database: Database, rest: Sql): Promise<string[]> {
    const { dialect, plan } = this.table;
    const { text, values } = compile(sql`SELECT ${dialect.selected(plan.key)} AS member FROM ${plan.table.id} ${rest}`, dialect.engine);
    const rows = await database.query<{ member: string | number }>(text, values);
    return rows.map(({ member }) => String(member));
  }

  private execute(database: Database, statement: Sql): Promise<number> {
    const { text, values } = compile(statement, this.table.dialect.engine);
    return database.execute(text, values);
  }
}
