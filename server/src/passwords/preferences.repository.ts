import { Injectable } from '@nestjs/common';
import type { Database } from '../platform/persistence/database.js';
import { portable } from '../platform/persistence/sql.js';
import type { Transaction } from '../platform/persistence/unit-of-work.js';

/** The helpdesk's `customer_preferences`: pairs by login, compared as they are spelled. */
@Injectable()
export class PreferencesRepository {
  /** What the helpdesk notes when a password is set: when, and that no failed attempt counts any more. */
  async notePasswordChange({ database, now }: Transaction, login: string): Promise<void> {
    await replace(database, login, 'UserLastPwChangeTime', String(Math.floor(now.getTime() / 1000)));
    await replace(database, login, 'UserLoginFailed', '0');
  }
}

/** The table has no unique key: what is there twice is there once afterwards. */
async function replace(database: Database, login: string, key: string, value: string): Promise<void> {
  const { engine } = database;
  await database.execute(portable(engine, 'DELETE FROM customer_preferences WHERE user_id = ? AND preferences_key = ?'), [login, key]);
  await database.execute(
    portable(engine, 'INSERT INTO customer_preferences (user_id, preferences_key, preferences_value) VALUES (?, ?, ?)'),
    [login, key, value],
  );
}
