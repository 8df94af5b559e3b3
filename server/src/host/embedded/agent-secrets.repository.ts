import { Inject, Injectable } from '@nestjs/common';
import type { Connection } from '../../platform/persistence/database.js';
import { MAIN_CONNECTION } from '../../platform/persistence/persistence.module.js';
import { portable } from '../../platform/persistence/sql.js';

/** What brings an agent in, by its hash: the sessions behind the cookie, and the one-time links. */
@Injectable()
export class AgentSecretsRepository {
  constructor(@Inject(MAIN_CONNECTION) private readonly connection: Connection) {}

  async addSession(tokenHash: string, agentId: string, now: Date, expiresAt: Date): Promise<void> {
    await this.connection.execute(
      this.sql('INSERT INTO clientele_agent_session (token_hash, agent_id, created_at, last_used_at, expires_at) VALUES (?, ?, ?, ?, ?)'),
      [tokenHash, agentId, now, now, expiresAt],
    );
  }

  async findSession(tokenHash: string, now: Date): Promise<{ agentId: string; expiresAt: Date } | null> {
    const [row] = await this.connection.query<{ agent_id: number; expires_at: Date }>(
      this.sql('SELECT agent_id, expires_at FROM clientele_agent_session WHERE token_hash = ? AND expires_at > ? LIMIT 1'),
      [tokenHash, now],
    );
    return row === undefined ? null : { agentId: String(row.agent_id), expiresAt: row.expires_at };
  }

  async prolongSession(tokenHash: string, now: Date, expiresAt: Date): Promise<void> {
    await this.connection.execute(
      this.sql('UPDATE clientele_agent_session SET last_used_at = ?, expires_at = ? WHERE token_hash = ?'),
      [now, expiresAt, tokenHash],
    );
  }

  async removeSession(tokenHash: string): Promise<void> {
    await this.connection.execute(this.sql('DELETE FROM clientele_agent_session WHERE token_hash = ?'), [tokenHash]);
  }

  async addLink(tokenHash: string, agentId: string, expiresAt: Date): Promise<void> {
    await this.connection.execute(
      this.sql('INSERT INTO clientele_sign_in_link (token_hash, agent_id, expires_at) VALUES (?, ?, ?)'),
      [tokenHash, agentId, expiresAt],
    );
  }

  /** Whose link it was; it is used up by this very question. `null`: used, too old, or never made. */
  async useLink(tokenHash: string, now: Date): Promise<string | null> {
    const used = await this.connection.execute(
      this.sql('UPDATE clientele_sign_in_link SET used_at = ? WHERE token_hash = ? AND used_at IS NULL AND expires_at > ?'),
      [now, tokenHash, now],
    );
    if (used === 0) return null;
    const [row] = await this.connection.query<{ agent_id: number }>(
      this.sql('SELECT agent_id FROM clientele_sign_in_link WHERE token_hash = ? LIMIT 1'),
      [tokenHash],
    );
    return row === undefined ? null : String(row.agent_id);
  }

  /** Everything but the session that asks: for after a change of password. */
  async removeOthers(agentId: string, keptTokenHash: string): Promise<void> {
    await this.connection.execute(
      this.sql('DELETE FROM clientele_agent_session WHERE agent_id = ? AND token_hash <> ?'),
      [agentId, keptTokenHash],
    );
    await this.connection.execute(this.sql('DELETE FROM clientele_sign_in_link WHERE agent_id = ?'), [agentId]);
  }

  async removeExpired(now: Date): Promise<void> {
    for (const table of ['clientele_agent_session', 'clientele_sign_in_link']) {
      await this.connection.execute(this.sql(`DELETE FROM ${table} WHERE expires_at < ?`), [now]);
    }
  }

  private sql(statement: string): string {
    return portable(this.connection.engine, statement);
  }
}
