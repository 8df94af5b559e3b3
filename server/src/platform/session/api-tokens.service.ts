import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Permission } from '../../../contract/session.js';
import type { Clock } from '../../kernel/clock.js';
import { NotFound } from '../../kernel/errors.js';
import type { Bearer } from '../http/index.js';
import { CLOCK } from '../persistence/persistence.module.js';
import { ApiTokensRepository, type ApiToken } from './api-tokens.repository.js';
import { hashToken, newOpaqueToken } from './opaque-token.js';

/** By it a token is known in a log or a leaked file. */
export const apiTokenPrefix = 'clt_';
/** The helpdesk's own user, under whom its programs write: a token is no agent. */
const hostUserOfPrograms = 1;
const noteUseAfterMs = 60_000;

export interface NewApiToken {
  readonly name: string;
  readonly permissions: readonly Permission[];
  readonly expiresAt: Date | null;
}

/** How programs come in. The token itself is shown once, when it is made; only its hash is kept. */
@Injectable()
export class ApiTokensService {
  constructor(
    private readonly repository: ApiTokensRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async create({ name, permissions, expiresAt }: NewApiToken): Promise<{ id: string; token: string }> {
    const token = `${apiTokenPrefix}${newOpaqueToken()}`;
    const id = `tok_${randomBytes(6).toString('hex')}`;
    const createdAt = this.clock.now();
    await this.repository.add({ id, name, permissions, createdAt, expiresAt, revokedAt: null, lastUsedAt: null }, hashToken(token));
    return { id, token };
  }

  list(): Promise<ApiToken[]> {
    return this.repository.list();
  }

  /** Throws `not-found` when no live token has this id or name. */
  async revoke(idOrName: string): Promise<void> {
    const revoked = await this.repository.revoke(idOrName, this.clock.now());
    if (revoked === 0) throw new NotFound();
  }

  async findBearer(token: string, correlationId: string): Promise<Bearer | null> {
    const now = this.clock.now();
    const found = await this.repository.findByHash(hashToken(token));
    if (found === null || found.revokedAt !== null || (found.expiresAt !== null && found.expiresAt <= now)) return null;
    if (found.lastUsedAt === null || now.getTime() - found.lastUsedAt.getTime() >= noteUseAfterMs) {
      await this.repository.noteUse(found.id, now);
    }
    return {
      actor: { kind: 'token', id: found.id, login: found.name, name: found.name, hostUserId: hostUserOfPrograms, correlationId },
      permissions: found.permissions,
      display: { locale: null, timeZone: null, skin: null },
      hostType: 'embedded',
    };
  }
}
