import { Injectable } from '@nestjs/common';
import { foldKey } from '../kernel/fold-key.js';
import type { Condition } from '../platform/persistence/any-case.js';
import type { Database } from '../platform/persistence/database.js';
import { portable } from '../platform/persistence/sql.js';
import type { Transaction } from '../platform/persistence/unit-of-work.js';
import { sqlMoment } from './helpdesk-moment.js';
import type { KeyMove } from './key-references.repository.js';
import { namesKey } from './names-key.js';

/** Which tickets get another customer user or another customer. Archived ones are tickets too. */
export type TicketMove =
  | { readonly kind: 'login'; readonly move: KeyMove }
  | { readonly kind: 'customer'; readonly move: KeyMove }
  /** The tickets of one person under the customer that he or she has left. */
  | { readonly kind: 'customer-of'; readonly login: string; readonly move: KeyMove };

const historyType = 'CustomerUpdate';
/** Characters of `ticket_history.name` in every family. */
const historyLength = 200;

/** The helpdesk's tickets, as far as they name customer users and customers. */
@Injectable()
export class TicketCustomersRepository {
  async count(database: Database, move: TicketMove): Promise<number> {
    const { sql, values } = conditionOf(database, move);
    const [row] = await database.query<{ found: number | string }>(
      portable(database.engine, `SELECT COUNT(*) AS found FROM ticket WHERE ${sql}`),
      values,
    );
    return Number(row?.found ?? 0);
  }

  /** Up to `limit` tickets, each with the line in its history that the helpdesk writes; answers how many. */
  async move(transaction: Transaction, move: TicketMove, limit: number): Promise<number> {
    const { database, actor, now } = transaction;
    const { sql, values } = conditionOf(database, move);
    const run = <Row>(statement: string, bound: readonly unknown[]): Promise<Row[]> => database.query<Row>(portable(database.engine, statement), bound);
    const found = await run<{ id: number | string }>(`SELECT id FROM ticket WHERE ${sql} LIMIT ${limit}`, values);
    if (found.length === 0) return 0;
    const among = (ids: readonly unknown[]): string => `id IN (${ids.map(() => '?').join(', ')})`;
    const ids = (await run<{ id: number | string }>(
      `SELECT id FROM ticket WHERE ${among(found)} AND ${sql} ORDER BY id FOR UPDATE`,
      [...found.map(({ id }) => id), ...values],
    )).map(({ id }) => id);
    if (ids.length === 0) return 0;
    const column = move.kind === 'login' ? 'customer_user_id' : 'customer_id';
    await database.execute(
      portable(database.engine, `UPDATE ticket SET ${column} = ?, change_time = ?, change_by = ? WHERE ${among(ids)}`),
      [move.move.to, sqlMoment(now), actor.hostUserId, ...ids],
    );
    await this.tellHistory(transaction, move, { among: among(ids), ids });
    return ids.length;
  }

  private async tellHistory({ database, actor, now }: Transaction, move: TicketMove, { among, ids }: { among: string; ids: readonly unknown[] }): Promise<void> {
    const text = database.engine === 'mysql' ? 'CHAR' : 'text';
    const time = database.engine === 'mysql' ? 'DATETIME' : 'timestamp';
    const by = Number(actor.hostUserId);
    await database.execute(
      portable(
        database.engine,
        `INSERT INTO ticket_history (name, history_type_id, ticket_id, article_id, type_id, queue_id, owner_id, priority_id, state_id,
                                     create_time, create_by, change_time, change_by)
         SELECT LEFT(CONCAT('%%', ${whatWasSet(move, text)}), ${historyLength}), h.id, t.id, NULL, COALESCE(t.type_id, 1), t.queue_id, t.user_id,
                t.ticket_priority_id, t.ticket_state_id, CAST(? AS ${time}), ${by}, CAST(? AS ${time}), ${by}
           FROM ticket t JOIN ticket_history_type h ON h.name = '${historyType}' WHERE t.${among}`,
      ),
      [...(move.kind === 'customer-of' ? [move.login] : move.kind === 'login' ? [move.move.to] : []), sqlMoment(now), sqlMoment(now), ...ids],
    );
  }
}

/** The helpdesk names both where a person's ticket is concerned, and the customer alone where the customer is. */
function whatWasSet({ kind }: TicketMove, text: string): string {
  const customer = "CASE WHEN COALESCE(t.customer_id, '') = '' THEN '' ELSE CONCAT('CustomerID=', t.customer_id, ';') END";
  return kind === 'customer' ? customer : `${customer}, 'CustomerUser=', CAST(? AS ${text}), ';'`;
}

function conditionOf({ engine }: Database, { move, ...rest }: TicketMove): Condition {
  const except = foldKey(move.from) === foldKey(move.to) ? move.to : null;
  if (rest.kind === 'login') return namesKey(engine, 'customer_user_id', move.from, except);
  const ofCustomer = namesKey(engine, 'customer_id', move.from, except);
  if (rest.kind === 'customer') return ofCustomer;
  const ofPerson = namesKey(engine, 'customer_user_id', rest.login);
  return { sql: `(${ofPerson.sql} AND ${ofCustomer.sql})`, values: [...ofPerson.values, ...ofCustomer.values] };
}
