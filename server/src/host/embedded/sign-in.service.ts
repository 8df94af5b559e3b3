import { Inject, Injectable } from '@nestjs/common';
import type { Me, SignIn } from '../../../contract/embedded-host.js';
import type { Clock } from '../../kernel/clock.js';
import { DomainError } from '../../kernel/errors.js';
import { RateLimiter } from '../../platform/http/index.js';
import { CLOCK } from '../../platform/persistence/persistence.module.js';
import { hashToken, newOpaqueToken } from '../../platform/session/index.js';
import { foldLogin, type StoredAgent } from './agent.js';
import { hashAgentPassword, verifyAgentPassword } from './agent-password.js';
import { AgentSecretsRepository } from './agent-secrets.repository.js';
import { AgentsRepository } from './agents.repository.js';
import { HostUsers } from './host-users.js';
import { SignInLinks } from './sign-in-links.js';

/** Sliding: each use of the sign-in keeps it for this long. */
export const signInLifetimeMs = 12 * 60 * 60 * 1000;
const prolongAfterMs = 5 * 60 * 1000;
/** One too many, and the account waits a minute, the right password included: no lock that an attacker could keep shut for long. */
const attemptsOnAccount = { name: 'sign-in-account', perMinute: 10, blockSeconds: 60 };

/** A fresh sign-in: the token belongs into the cookie and nowhere else. */
export interface SignedIn {
  readonly token: string;
  readonly me: Me;
}

/** An agent found by the cookie; `isProlonged` asks for a new cookie. */
export interface PresentAgent {
  readonly agent: StoredAgent;
  readonly isProlonged: boolean;
}

@Injectable()
export class SignInService {
  constructor(
    private readonly agents: AgentsRepository,
    private readonly secrets: AgentSecretsRepository,
    private readonly links: SignInLinks,
    private readonly hostUsers: HostUsers,
    private readonly limiter: RateLimiter,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Every refusal is the same, in words and in time: no login, no password, a wrong one, an agent switched off. */
  async signIn({ login, password }: SignIn): Promise<SignedIn> {
    await this.limiter.take(attemptsOnAccount, foldLogin(login));
    const found = await this.agents.findByLogin(login);
    const isRight = await verifyAgentPassword(password, found?.passwordHash ?? null);
    if (found === null || !isRight || !found.agent.isActive) throw new DomainError('sign-in.refused');
    return this.open(found.agent);
  }

  async signInByLink(token: string): Promise<SignedIn> {
    const agentId = await this.links.use(token);
    const agent = agentId === null ? null : await this.agents.findById(agentId);
    if (agent === null || !agent.isActive) throw new DomainError('sign-in.refused');
    return this.open(agent);
  }

  /** `null` when the sign-in is over or its agent was switched off meanwhile. */
  async findAgent(token: string): Promise<PresentAgent | null> {
    const now = this.clock.now();
    const session = await this.secrets.findSession(hashToken(token), now);
    const agent = session === null ? null : await this.agents.findById(session.agentId);
    if (session === null || agent === null || !agent.isActive) return null;
    const isProlonged = session.expiresAt.getTime() - now.getTime() < signInLifetimeMs - prolongAfterMs;
    if (isProlonged) await this.secrets.prolongSession(hashToken(token), new Date(now.getTime() + signInLifetimeMs));
    return { agent, isProlonged };
  }

  /** Ends every other sign-in of the agent and every link made for them. */
  async setPassword(agentId: string, password: string, token: string): Promise<Me> {
    await this.agents.setPassword(agentId, await hashAgentPassword(password), this.clock.now());
    await this.secrets.removeOthers(agentId, hashToken(token));
    const agent = await this.agents.findById(agentId);
    if (agent === null) throw new DomainError('session.expired');
    return toMe(agent);
  }

  async signOut(token: string): Promise<void> {
    await this.secrets.removeSession(hashToken(token));
  }

  private async open(agent: StoredAgent): Promise<SignedIn> {
    const token = newOpaqueToken();
    const now = this.clock.now();
    await this.secrets.removeExpired(now);
    await this.secrets.addSession(hashToken(token), agent.id, now, new Date(now.getTime() + signInLifetimeMs));
    await this.hostUsers.ensure(agent, now);
    return { token, me: toMe(agent) };
  }
}

export function toMe({ login, name, permissions, hasPassword }: StoredAgent): Me {
  return { login, name, permissions: [...permissions], passwordNeeded: !hasPassword };
}
