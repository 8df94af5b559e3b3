import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../kernel/clock.js';
import { CLOCK } from '../../platform/persistence/persistence.module.js';
import { hashToken, newOpaqueToken } from '../../platform/session/index.js';
import { AgentSecretsRepository } from './agent-secrets.repository.js';

const linkLifetimeMs = 24 * 60 * 60 * 1000;

/** One-time links: for the first administrator, for new agents, and for whoever forgot the password. */
@Injectable()
export class SignInLinks {
  constructor(
    private readonly secrets: AgentSecretsRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The token travels in the fragment, which browsers send to nobody. */
  async make(agentId: string, origin: string): Promise<string> {
    const token = newOpaqueToken();
    const now = this.clock.now();
    await this.secrets.addLink(hashToken(token), agentId, now, new Date(now.getTime() + linkLifetimeMs));
    return `${origin}/embedded-host/sign-in#link=${token}`;
  }

  /** The agent's id, once. */
  use(token: string): Promise<string | null> {
    return this.secrets.useLink(hashToken(token), this.clock.now());
  }
}
