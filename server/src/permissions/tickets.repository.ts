import { Inject, Injectable } from '@nestjs/common';
import { isStorable } from '../platform/persistence/any-case.js';
import type { Connection } from '../platform/persistence/database.js';
import { MAIN_CONNECTION } from '../platform/persistence/persistence.module.js';
import { portable } from '../platform/persistence/sql.js';
import type { TicketFacts } from './ticket-access.js';

/** The helpdesk's tickets, as far as they decide who may see them. */
@Injectable()
export class TicketsRepository {
  constructor(@Inject(MAIN_CONNECTION) private readonly connection: Connection) {}

  async find(ticketNumber: string): Promise<TicketFacts | null> {
    if (!isStorable(ticketNumber)) return null;
    const [row] = await this.connection.query<{ group_id: number; customer_id: string | null; customer_user_id: string | null }>(
      portable(
        this.connection.engine,
        `SELECT q.group_id, t.customer_id, t.customer_user_id FROM ticket t JOIN queue q ON q.id = t.queue_id WHERE t.tn = ? LIMIT 1`,
      ),
      [ticketNumber],
    );
    return row === undefined ? null : { groupId: Number(row.group_id), customerId: row.customer_id, customerUser: row.customer_user_id };
  }
}
