import { Inject, Injectable } from '@nestjs/common';
import type { Connection } from '../../platform/persistence/database.js';
import { UniqueViolation } from '../../platform/persistence/database-errors.js';
import { MAIN_CONNECTION } from '../../platform/persistence/persistence.module.js';
import { portable } from '../../platform/persistence/sql.js';
import { foldLogin, type StoredAgent } from './agent.js';

/** The helpdesk's first user, who makes the others. */
const systemUser = 1;

/**
 * The helpdesk's own users, one of whom stands for each agent in what they write. Where the tables are ours a missing one
 * is added; where they are a helpdesk's, nothing is added to its users.
 */
@Injectable()
export class HostUsers {
  constructor(@Inject(MAIN_CONNECTION) private readonly connection: Connection) {}

  async ensure(agent: Pick<StoredAgent, 'login' | 'name'>, now: Date): Promise<void> {
    if (!(await this.isThere(agent.login)) && (await this.isOurTable())) await this.add(agent, now);
  }

  private async isThere(login: string): Promise<boolean> {
    const rows = await this.connection.query(
      this.sql('SELECT id FROM users WHERE LOWER(login) = ? LIMIT 1'),
      [foldLogin(login)],
    );
    return rows.length > 0;
  }

  private async isOurTable(): Promise<boolean> {
    const rows = await this.connection.query("SELECT name FROM clientele_made_table WHERE name = 'users' LIMIT 1");
    return rows.length > 0;
  }

  /** Nobody signs in to a helpdesk with it: no hash equals `!`. */
  private async add({ login, name }: Pick<StoredAgent, 'login' | 'name'>, now: Date): Promise<void> {
    const [firstName = name, ...rest] = name.split(' ');
    try {
      await this.connection.execute(
        this.sql(`INSERT INTO users (login, pw, first_name, last_name, valid_id, create_time, create_by, change_time, change_by)
          VALUES (?, '!', ?, ?, 1, ?, ${systemUser}, ?, ${systemUser})`),
        [login, firstName.slice(0, 100), rest.join(' ').slice(0, 100) || '-', now, now],
      );
    } catch (error) {
      if (!(error instanceof UniqueViolation)) throw error;
    }
  }

  private sql(statement: string): string {
    return portable(this.connection.engine, statement);
  }
}
