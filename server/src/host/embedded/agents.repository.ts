import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '../../kernel/errors.js';
import type { Connection, Database } from '../../platform/persistence/database.js';
import { UniqueViolation } from '../../platform/persistence/database-errors.js';
import { MAIN_CONNECTION } from '../../platform/persistence/persistence.module.js';
import { portable } from '../../platform/persistence/sql.js';
import { fromStoredPermissions, toStoredPermissions } from '../../platform/session/index.js';
import { foldLogin, type StoredAgent } from './agent.js';

interface Row {
  id: string;
  login: string;
  name: string;
  permissions: string;
  is_active: number;
  password_hash: string | null;
  host_user_id: number | null;
}

/** The first user, under whom the helpdesk does all work that belongs to nobody. */
const systemUser = 1;

/** With the helpdesk's user as it is known at this moment: a copy of its number would go stale. */
const select = `SELECT id, login, name, permissions, is_active, password_hash,
    (SELECT MIN(users.id) FROM users WHERE LOWER(users.login) = clientele_agent.login_key) AS host_user_id
  FROM clientele_agent`;
/** The embedded host is for small teams; a list beyond this has other needs. */
const listLimit = 1000;

@Injectable()
export class AgentsRepository {
  constructor(@Inject(MAIN_CONNECTION) private readonly connection: Connection) {}

  async list(): Promise<StoredAgent[]> {
    return this.listIn(this.connection, '');
  }

  async findById(id: string): Promise<StoredAgent | null> {
    const [row] = await this.connection.query<Row>(this.sql(`${select} WHERE id = ? LIMIT 1`), [id]);
    return row === undefined ? null : toAgent(row);
  }

  async findByLogin(login: string): Promise<{ agent: StoredAgent; passwordHash: string | null } | null> {
    const [row] = await this.connection.query<Row>(
      this.sql(`${select} WHERE login_key = ? LIMIT 1`),
      [foldLogin(login)],
    );
    return row === undefined ? null : { agent: toAgent(row), passwordHash: row.password_hash };
  }

  /** Throws `login.taken`, in any spelling. */
  async add({ login, name, permissions }: Pick<StoredAgent, 'login' | 'name' | 'permissions'>, now: Date): Promise<StoredAgent> {
    const id = randomUUID();
    try {
      await this.connection.execute(
        this.sql(`INSERT INTO clientele_agent
          (id, login, login_key, name, permissions, is_active, created_at, changed_at) VALUES (?, ?, ?, ?, ?, 1, ?, ?)`),
        [id, login, foldLogin(login), name, toStoredPermissions(permissions), now, now],
      );
    } catch (error) {
      if (!(error instanceof UniqueViolation)) throw error;
      throw new DomainError('login.taken', { issues: [{ path: 'login', code: 'taken' }], cause: error });
    }
    return { id, login, name, permissions, isActive: true, hasPassword: false, hostUserId: systemUser };
  }

  /** `decide` sees all agents, and nobody else changes any of them before what it answers is stored. */
  async change(decide: (agents: readonly StoredAgent[]) => StoredAgent, now: Date): Promise<StoredAgent> {
    const transaction = await this.connection.begin();
    try {
      const changed = decide(await this.listIn(transaction.database, 'FOR UPDATE'));
      await transaction.database.execute(
        this.sql('UPDATE clientele_agent SET name = ?, permissions = ?, is_active = ?, changed_at = ? WHERE id = ?'),
        [changed.name, toStoredPermissions(changed.permissions), changed.isActive ? 1 : 0, now, changed.id],
      );
      await transaction.commit();
      return changed;
    } catch (error) {
      await transaction.rollback();
      throw error;
    }
  }

  async setPassword(id: string, passwordHash: string, now: Date): Promise<void> {
    await this.connection.execute(
      this.sql('UPDATE clientele_agent SET password_hash = ?, changed_at = ? WHERE id = ?'),
      [passwordHash, now, id],
    );
  }

  private async listIn(database: Database, lock: '' | 'FOR UPDATE'): Promise<StoredAgent[]> {
    const rows = await database.query<Row>(
      this.sql(`${select} ORDER BY login_key LIMIT ${listLimit} ${lock}`),
    );
    return rows.map(toAgent);
  }

  private sql(statement: string): string {
    return portable(this.connection.engine, statement);
  }
}

function toAgent(row: Row): StoredAgent {
  return {
    id: row.id,
    login: row.login,
    name: row.name,
    permissions: fromStoredPermissions(row.permissions),
    isActive: row.is_active === 1,
    hasPassword: row.password_hash !== null,
    hostUserId: row.host_user_id ?? systemUser,
  };
}
