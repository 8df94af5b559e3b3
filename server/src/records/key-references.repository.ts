import { Injectable } from '@nestjs/common';
import { foldKey } from '../kernel/fold-key.js';
import type { Database } from '../platform/persistence/database.js';
import { portable } from '../platform/persistence/sql.js';
import type { Transaction } from '../platform/persistence/unit-of-work.js';
import { sqlMoment } from './helpdesk-moment.js';
import { type KeyReference, keyReferences } from './key-references.js';
import { namesKey } from './names-key.js';

/** From one key to another; with keys that differ in case only, rows are respelled. */
export interface KeyMove {
  readonly from: string;
  readonly to: string;
}

/** Rows of the helpdesk's tables that name a customer user or a customer. */
@Injectable()
export class KeyReferencesRepository {
  count(database: Database, reference: KeyReference, key: string): Promise<number> {
    const { sql, values } = conditionOf(database, reference, { key });
    return numberOf(database, `SELECT COUNT(*) AS found FROM ${reference.table} WHERE ${sql}`, values);
  }

  /** Up to `limit` rows; answers how many. */
  async move({ database, actor, now }: Transaction, reference: KeyReference, { from, to }: KeyMove, limit: number): Promise<number> {
    const { table, column, prefix, hasChangeColumns } = reference;
    const isRespelled = foldKey(from) === foldKey(to);
    const { sql, values } = conditionOf(database, reference, { key: from, except: isRespelled ? to : null });
    const set = hasChangeColumns ? `${column} = ?, change_time = ?, change_by = ?` : `${column} = ?`;
    const changed = [prefix + to, ...(hasChangeColumns ? [sqlMoment(now), actor.hostUserId] : [])];
    const statement =
      database.engine === 'mysql'
        ? `UPDATE ${table} SET ${set} WHERE ${sql} LIMIT ${limit}`
        : `UPDATE ${table} SET ${set} WHERE ctid = ANY(ARRAY(SELECT ctid FROM ${table} WHERE ${sql} LIMIT ${limit})) AND ${sql}`;
    return database.execute(portable(database.engine, statement), [...changed, ...values, ...(database.engine === 'mysql' ? [] : values)]);
  }

  /** Makes room for what comes under `to`: no row of relations is there twice afterwards, and nothing personal of anybody else. */
  async makeRoom({ database }: Transaction, reference: KeyReference, { from, to }: KeyMove): Promise<void> {
    if (foldKey(from) === foldKey(to)) return;
    if (reference.sameBy === null) return this.removeLeftovers(database, reference, to);
    const here = conditionOf(database, reference, { key: to, alias: 'here' });
    const coming = conditionOf(database, reference, { key: from, alias: 'coming' });
    const same = reference.sameBy.map((column) => `here.${column} = coming.${column}`).join(' AND ');
    const { table } = reference;
    const statement =
      database.engine === 'mysql'
        ? `DELETE here FROM ${table} here JOIN ${table} coming ON ${same} WHERE ${here.sql} AND ${coming.sql}`
        : `DELETE FROM ${table} here USING ${table} coming WHERE ${same} AND ${here.sql} AND ${coming.sql}`;
    await database.execute(portable(database.engine, statement), [...here.values, ...coming.values]);
  }

  /** The rows stay, and are there under the other key too. Only of tables without dynamic content: rights of a customer. */
  async copyGroups({ database, actor, now }: Transaction, { from, to }: KeyMove): Promise<void> {
    const { sql, values } = namesKey(database.engine, 'customer_id', from);
    await database.execute(
      portable(
        database.engine,
        `INSERT INTO group_customer (customer_id, group_id, permission_key, permission_value, permission_context, create_time, create_by, change_time, change_by)
         SELECT ${castText(database)}, group_id, permission_key, permission_value, permission_context, create_time, create_by, ${castTime(database)}, ${Number(actor.hostUserId)}
           FROM group_customer WHERE ${sql}`,
      ),
      [to, sqlMoment(now), ...values],
    );
  }

  async remove({ database }: Transaction, reference: KeyReference, key: string): Promise<number> {
    const { sql, values } = conditionOf(database, reference, { key });
    return database.execute(portable(database.engine, `DELETE FROM ${reference.table} WHERE ${sql}`), values);
  }

  /** Of a customer user whose login got another spelling: on engines that tell them apart, all of it would be lost to the person. */
  async respell(transaction: Transaction, move: KeyMove): Promise<void> {
    for (const reference of keyReferences.filter(({ kind }) => kind === 'customer-user')) {
      while ((await this.move(transaction, reference, move, rowsAtOnce)) === rowsAtOnce);
    }
  }

  private async removeLeftovers(database: Database, reference: KeyReference, key: string): Promise<void> {
    const { sql, values } = conditionOf(database, reference, { key });
    if (reference.table === 'dynamic_field_obj_id_name') {
      const objects = await database.query<{ id: number }>(
        portable(database.engine, `SELECT object_id AS id FROM ${reference.table} WHERE ${sql} LIMIT ${rowsAtOnce}`),
        values,
      );
      for (const { id } of objects) {
        await database.execute(
          portable(
            database.engine,
            `DELETE FROM dynamic_field_value WHERE object_id = ? AND field_id IN
              (SELECT id FROM dynamic_field WHERE ${reference.condition})`,
          ),
          [id],
        );
      }
    }
    await database.execute(portable(database.engine, `DELETE FROM ${reference.table} WHERE ${sql}`), values);
  }
}

/** Of one statement. */
export const rowsAtOnce = 1_000;

function conditionOf(
  { engine }: Database,
  { column, prefix, condition }: KeyReference,
  { key, except = null, alias = null }: { key: string; except?: string | null; alias?: string | null },
): { sql: string; values: readonly string[] } {
  const name = alias === null ? column : `${alias}.${column}`;
  const named = namesKey(engine, name, prefix + key, except === null ? null : prefix + except);
  const others = alias === null || condition === '1 = 1' ? condition : `${alias}.${condition}`;
  return { sql: `${named.sql} AND ${others}`, values: named.values };
}

function castText({ engine }: Database): string {
  return engine === 'mysql' ? 'CAST(? AS CHAR)' : 'CAST(? AS text)';
}

function castTime({ engine }: Database): string {
  return engine === 'mysql' ? 'CAST(? AS DATETIME)' : 'CAST(? AS timestamp)';
}

async function numberOf(database: Database, statement: string, values: readonly string[]): Promise<number> {
  const [row] = await database.query<{ found: number | string }>(portable(database.engine, statement), values);
  return Number(row?.found ?? 0);
}
