import { Inject, Injectable } from '@nestjs/common';
import type { Permission } from '../../../contract/session.js';
import type { Connection } from '../persistence/database.js';
import { MAIN_CONNECTION } from '../persistence/persistence.module.js';
import { portable } from '../persistence/sql.js';
import { fromStoredPermissions, toStoredPermissions } from './stored-permissions.js';

export interface ApiToken {
  readonly id: string;
  readonly name: string;
  readonly permissions: readonly Permission[];
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
}

interface Row {
  id: string;
  name: string;
  permissions: string;
  created_at: Date;
  expires_at: Date | null;
  revoked_at: Date | null;
  last_used_at: Date | null;
}

const columns = 'id, name, permissions, created_at, expires_at, revoked_at, last_used_at';
/** Enough for every program of an installation; the newest come first. */
const listLimit = 500;

@Injectable()
export class ApiTokensRepository {
  constructor(@Inject(MAIN_CONNECTION) private readonly connection: Connection) {}

  async add(token: ApiToken, tokenHash: string): Promise<void> {
    await this.connection.execute(
      this.sql('INSERT INTO clientele_api_token (id, name, permissions, token_hash, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)'),
      [token.id, token.name, toStoredPermissions(token.permissions), tokenHash, token.createdAt, token.expiresAt],
    );
  }

  async findByHash(tokenHash: string): Promise<ApiToken | null> {
    const rows = await this.connection.query<Row>(
      this.sql(`SELECT ${columns} FROM clientele_api_token WHERE token_hash = ? LIMIT 1`),
      [tokenHash],
    );
    return rows.map(toApiToken)[0] ?? null;
  }

  async list(): Promise<ApiToken[]> {
    const rows = await this.connection.query<Row>(
      this.sql(`SELECT ${columns} FROM clientele_api_token ORDER BY created_at DESC, id LIMIT ?`),
      [listLimit],
    );
    return rows.map(toApiToken);
  }

  /** By id or name; the number of tokens that were revoked by this. */
  async revoke(idOrName: string, now: Date): Promise<number> {
    return this.connection.execute(
      this.sql('UPDATE clientele_api_token SET revoked_at = ? WHERE (id = ? OR name = ?) AND revoked_at IS NULL'),
      [now, idOrName, idOrName],
    );
  }

  async noteUse(id: string, now: Date): Promise<void> {
    await this.connection.execute(this.sql('UPDATE clientele_api_token SET last_used_at = ? WHERE id = ?'), [now, id]);
  }

  private sql(statement: string): string {
    return portable(this.connection.engine, statement);
  }
}

function toApiToken(row: Row): ApiToken {
  return {
    id: row.id,
    name: row.name,
    permissions: fromStoredPermissions(row.permissions),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    lastUsedAt: row.last_used_at,
  };
}
