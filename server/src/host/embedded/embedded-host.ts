import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Launch } from '../../../contract/embedded-host.js';
import type { Actor } from '../../kernel/actor.js';
import type { Clock } from '../../kernel/clock.js';
import { readSecretKey } from '../../platform/config/environment-secret-key.js';
import { ENVIRONMENT, type Environment } from '../../platform/config/environment.js';
import { CLOCK } from '../../platform/persistence/persistence.module.js';
import { derivedKey, LaunchHosts, mintLaunchToken, SessionsService, type HostAgent, type LaunchHost } from '../../platform/session/index.js';
import type { StoredAgent } from './agent.js';
import { AgentsRepository } from './agents.repository.js';

const installationId = 'embedded';

/** The host we bring along. It opens sessions as any other host does: by launch tokens, and by nothing else. */
@Injectable()
export class EmbeddedHost implements OnModuleInit, LaunchHost {
  readonly installationId = installationId;
  readonly type = 'embedded';
  readonly key: Uint8Array;
  readonly parentOrigins: readonly string[];

  constructor(
    private readonly agents: AgentsRepository,
    private readonly hosts: LaunchHosts,
    private readonly sessions: SessionsService,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.key = derivedKey(readSecretKey(environment), 'clientele/sso/v1');
    this.parentOrigins = [environment.baseUrl];
  }

  onModuleInit(): void {
    this.hosts.register(this);
  }

  async findAgent(agentId: string): Promise<HostAgent | null> {
    const agent = await this.agents.findById(agentId);
    return agent?.isActive === true ? agent : null;
  }

  async launch(agent: StoredAgent): Promise<Launch> {
    return { launchToken: await mintLaunchToken(this, agent, this.environment.baseUrl, this.clock.now()) };
  }

  /** The plugin's pages that are still open anywhere have nobody behind them any more. */
  async endSessions({ id }: StoredAgent): Promise<void> {
    await this.sessions.endAllOfAgent(this.installationId, id);
  }
}

export function actorOf({ id, login, name, hostUserId }: StoredAgent, correlationId: string): Actor {
  return { kind: 'agent', id: `${installationId}:${id}`, login, name, hostUserId, correlationId };
}
