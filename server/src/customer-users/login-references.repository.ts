import { Injectable } from '@nestjs/common';
import { portable } from '../platform/persistence/sql.js';
import type { Transaction } from '../platform/persistence/unit-of-work.js';

/** Where the helpdesk names a customer user by the login as it is spelled. Tickets are found in any spelling. */
const references = [
  { table: 'customer_preferences', column: 'user_id' },
  { table: 'group_customer_user', column: 'user_id' },
  { table: 'customer_user_customer', column: 'user_id' },
  { table: 'service_customer_user', column: 'customer_user_login' },
  { table: 'dynamic_field_obj_id_name', column: 'object_name', condition: "object_type = 'CustomerUser'" },
  { table: 'search_profile', column: 'login', prefix: 'CustomerTicketSearch::' },
] as const;

@Injectable()
export class LoginReferencesRepository {
  /** After a login got another spelling: on engines that tell them apart, all of it would be lost to the person. */
  async respell({ database }: Transaction, from: string, to: string): Promise<void> {
    for (const reference of references) {
      const prefix = 'prefix' in reference ? reference.prefix : '';
      const condition = 'condition' in reference ? ` AND ${reference.condition}` : '';
      const statement = `UPDATE ${reference.table} SET ${reference.column} = ? WHERE ${reference.column} = ?${condition}`;
      await database.execute(portable(database.engine, statement), [prefix + to, prefix + from]);
    }
  }
}
