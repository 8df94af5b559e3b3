import { Inject, Injectable } from '@nestjs/common';
import type { SessionDescription } from '../../../contract/session.js';
import { DomainError } from '../../kernel/errors.js';
import type { Connection } from '../persistence/database.js';
import { UniqueViolation } from '../persistence/database-errors.js';
import { MAIN_CONNECTION } from '../persistence/persistence.module.js';
import { portable } from '../persistence/sql.js';

export interface StoredSession {
  readonly installationId: string;
  readonly agentId: string;
  readonly display: SessionDescription['display'];
}

interface Row {
  installation_id: string;
  agent_id: string;
  locale: string | null;
  time_zone: string | null;
  skin: string | null;
}

/** Open sessions by the hash of their token, and the launch tokens that were used. */
@Injectable()
export class SessionsRepository {
  constructor(@Inject(MAIN_CONNECTION) private readonly connection: Connection) {}

  async add(tokenHash: string, session: StoredSession, now: Date, expiresAt: Date): Promise<void> {
    const { installationId, agentId, display } = session;
    await this.connection.execute(
      this.sql(`INSERT INTO clientele_session
        (token_hash, installation_id, agent_id, locale, time_zone, skin, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`),
      [tokenHash, installationId, agentId, display.locale, display.timeZone, display.skin, now, expiresAt],
    );
  }

  async find(tokenHash: string, now: Date): Promise<StoredSession | null> {
    const [row] = await this.connection.query<Row>(
      this.sql(`SELECT installation_id, agent_id, locale, time_zone, skin
        FROM clientele_session WHERE token_hash = ? AND expires_at > ? LIMIT 1`),
      [tokenHash, now],
    );
    if (row === undefined) return null;
    const skin = row.skin === 'light' || row.skin === 'dark' ? row.skin : null;
    return {
      installationId: row.installation_id,
      agentId: row.agent_id,
      display: { locale: row.locale, timeZone: row.time_zone, skin },
    };
  }

  async remove(tokenHash: string): Promise<void> {
    await this.connection.execute(this.sql('DELETE FROM clientele_session WHERE token_hash = ?'), [tokenHash]);
  }

  async removeOfAgent(installationId: string, agentId: string): Promise<void> {
    const statement = 'DELETE FROM clientele_session WHERE installation_id = ? AND agent_id = ?';
    await this.connection.execute(this.sql(statement), [installationId, agentId]);
  }

  /** Throws `session.replayed` when this launch token was used before, here or on another machine. */
  async useLaunchToken(installationId: string, tokenId: string, expiresAt: Date): Promise<void> {
    try {
      await this.connection.execute(
        this.sql('INSERT INTO clientele_launch_token (installation_id, token_id, expires_at) VALUES (?, ?, ?)'),
        [installationId, tokenId, expiresAt],
      );
    } catch (error) {
      if (error instanceof UniqueViolation) throw new DomainError('session.replayed', { cause: error });
      throw error;
    }
  }

  async removeExpired(now: Date): Promise<void> {
    for (const table of ['clientele_session', 'clientele_launch_token']) {
      await this.connection.execute(this.sql(`DELETE FROM ${table} WHERE expires_at < ?`), [now]);
    }
  }

  private sql(statement: string): string {
    return portable(this.connection.engine, statement);
  }
}
