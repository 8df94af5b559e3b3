import { Inject, Injectable } from '@nestjs/common';
import type { Agent, AgentCreate, AgentCreated, AgentPatch } from '../../../contract/embedded-host.js';
import type { Clock } from '../../kernel/clock.js';
import { NotFound, ValidationFailed } from '../../kernel/errors.js';
import { CLOCK } from '../../platform/persistence/persistence.module.js';
import { foldLogin, isActiveAdmin, type StoredAgent } from './agent.js';
import { AgentsRepository } from './agents.repository.js';
import { SignInLinks } from './sign-in-links.js';

@Injectable()
export class AgentsService {
  constructor(
    private readonly repository: AgentsRepository,
    private readonly links: SignInLinks,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async list(): Promise<Agent[]> {
    const agents = await this.repository.list();
    return agents.map(toAgent);
  }

  /** The new agent comes in by a one-time link under `origin`. */
  async create({ login, name, permissions }: AgentCreate, origin: string): Promise<AgentCreated> {
    const agent = await this.repository.add({ login, name, permissions }, this.clock.now());
    return { agent: toAgent(agent), signInLink: await this.links.make(agent.id, origin) };
  }

  /** Without an active administrator nobody could let anybody in, so the last one stays. */
  async change(login: string, patch: AgentPatch): Promise<Agent> {
    const changed = await this.repository.change((agents) => {
      const agent = agents.find((candidate) => foldLogin(candidate.login) === foldLogin(login));
      if (agent === undefined) throw new NotFound();
      const next = patched(agent, patch);
      const others = agents.filter(({ id }) => id !== agent.id);
      if (isActiveAdmin(agent) && ![next, ...others].some(isActiveAdmin)) {
        const path = patch.active === false ? 'active' : 'permissions';
        throw new ValidationFailed([{ path, code: 'agent.last-admin' }]);
      }
      return next;
    }, this.clock.now());
    return toAgent(changed);
  }

  /** A link for the first administrator, made when there is none; `null` once anybody who may come in has a password. */
  async firstSignInLink(origin: string): Promise<string | null> {
    const agents = await this.repository.list();
    if (agents.some(({ hasPassword, isActive }) => hasPassword && isActive)) return null;
    const admin = agents.find(isActiveAdmin);
    if (admin !== undefined) return this.links.make(admin.id, origin);
    const created = await this.create({ login: 'admin', name: 'Administrator', permissions: ['clientele.admin'] }, origin);
    return created.signInLink;
  }

  /** For this agent, or without a login for the first active administrator. Throws `not-found`. */
  async signInLink(login: string | null, origin: string): Promise<string> {
    const agents = await this.repository.list();
    const agent = login === null ? agents.find(isActiveAdmin) : agents.find((candidate) => foldLogin(candidate.login) === foldLogin(login));
    if (agent === undefined || !agent.isActive) throw new NotFound();
    return this.links.make(agent.id, origin);
  }
}

function patched(agent: StoredAgent, { name, permissions, active }: AgentPatch): StoredAgent {
  return {
    ...agent,
    name: name ?? agent.name,
    permissions: permissions ?? agent.permissions,
    isActive: active ?? agent.isActive,
  };
}

function toAgent({ login, name, permissions, isActive, hasPassword }: StoredAgent): Agent {
  return { login, name, permissions: [...permissions], active: isActive, hasPassword };
}
