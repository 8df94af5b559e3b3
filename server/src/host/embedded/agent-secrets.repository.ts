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
      this.sql('INSERT INTO clientele_agent_session (token_hash, agent_id, created_at, expires_at) VALUES (?, ?, ?, ?)'),
      [tokenHash, agentId, now, expiresAt],
    );
  }

  async findSession(tokenHash: string, now: Date): Promise<{ agentId: string; expiresAt: Date } | null> {
    const [row] = await this.connection.query<{ agent_id: string; expires_at: Date }>(
      this.sql('SELECT agent_id, expires_at FROM clientele_agent_session WHERE token_hash = ? AND expires_at > ? LIMIT 1'),
      [tokenHash, now],
    );
    return row === undefined ? null : { agentId: row.agent_id, expiresAt: row.expires_at };
  }

  async prolongSession(tokenHash: string, expiresAt: Date): Promise<void> {
    await this.connection.execute(
      this.sql('UPDATE clientele_agent_session SET expires_at = ? WHERE token_hash = ?'),
      [expiresAt, tokenHash],
    );
  }

  async removeSession(tokenHash: string): Promise<void> {
    await this.connection.execute(this.sql('DELETE FROM clientele_agent_session WHERE token_hash = ?'), [tokenHash]);
  }

  async addLink(tokenHash: string, agentId: string, now: Date, expiresAt: Date): Promise<void> {
    await this.connection.execute(
      this.sql('INSERT INTO clientele_sign_in_link (token_hash, agent_id, created_at, expires_at) VALUES (?, ?, ?, ?)'),
      [tokenHash, agentId, now, expiresAt],
    );
  }

  /** Whose link it was; it is used up by this very question. `null`: used, too old, or never made. */
  async useLink(tokenHash: string, now: Date): Promise<string | null> {
    const [row] = await this.connection.query<{ agent_id: string }>(
      this.sql('SELECT agent_id FROM clientele_sign_in_link WHERE token_hash = ? AND expires_at > ? LIMIT 1'),
      [tokenHash, now],
    );
    if (row === undefined) return null;
    // Of two who come with it at once, one finds it still there to remove.
    const removed = await this.connection.execute(this.sql('DELETE FROM clientele_sign_in_link WHERE token_hash = ?'), [tokenHash]);
    return removed === 1 ? row.agent_id : null;
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
