import { Inject, Injectable } from '@nestjs/common';
import type { SessionOpened } from '../../../contract/session.js';
import type { Clock } from '../../kernel/clock.js';
import { DomainError } from '../../kernel/errors.js';
import { ENVIRONMENT, type Environment } from '../config/environment.js';
import { RateLimiter, type Bearer } from '../http/index.js';
import { CLOCK } from '../persistence/persistence.module.js';
import { LaunchHosts, type HostAgent, type LaunchHost } from './launch-host.js';
import { verifyLaunchToken } from './launch-token.js';
import { hashToken, newOpaqueToken } from './opaque-token.js';
import { SessionsRepository, type StoredSession } from './sessions.repository.js';

/** Seconds, from its first moment to its last: a session is never renewed, a new launch opens the next one. */
export const sessionLifetime = 15 * 60;
/** Each page view is a launch: more than anybody's hands can do, less than would fill a table. */
const launchesOfAgent = { name: 'launch', perMinute: 120 };
/** Only what was refused counts: a whole office may come from one address. */
const refusalsOfAddress = { name: 'exchange-refused', perMinute: 30 };

@Injectable()
export class SessionsService {
  constructor(
    private readonly repository: SessionsRepository,
    private readonly hosts: LaunchHosts,
    private readonly limiter: RateLimiter,
    @Inject(ENVIRONMENT) private readonly environment: Pick<Environment, 'baseUrl'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Opens a session for whom a host has sent; `address` is where the request came from. */
  async exchange(launchToken: string, address: string): Promise<SessionOpened> {
    try {
      return await this.open(launchToken);
    } catch (error) {
      await this.limiter.take(refusalsOfAddress, address);
      throw error;
    }
  }

  async findBearer(token: string, correlationId: string): Promise<Bearer | null> {
    const session = await this.repository.find(hashToken(token), this.clock.now());
    if (session === null) return null;
    const host = this.hosts.find(session.installationId);
    const agent = await host?.findAgent(session.agentId);
    return host && agent ? bearerOf(session, host, agent, correlationId) : null;
  }

  async end(token: string): Promise<void> {
    await this.repository.remove(hashToken(token));
  }

  /** All sessions of one agent of a host: whoever is still signed in elsewhere gets a new one by the host. */
  async endAllOfAgent(installationId: string, agentId: string): Promise<void> {
    await this.repository.removeOfAgent(installationId, agentId);
  }

  /** The order of these steps is the order of the checks; what costs the database comes after what is free. */
  private async open(launchToken: string): Promise<SessionOpened> {
    const now = this.clock.now();
    const launch = await verifyLaunchToken(launchToken, this.hosts, this.environment.baseUrl, now);
    const { host, agentId, tokenId, display } = launch;
    await this.limiter.take(launchesOfAgent, `${host.installationId}:${agentId}`);
    await this.repository.removeExpired(now);
    await this.repository.useLaunchToken(host.installationId, tokenId, launch.expiresAt);
    const agent = await host.findAgent(agentId);
    if (agent === null) throw new DomainError('session.expired');
    if (agent.permissions.length === 0) throw new DomainError('permission.missing');

    const accessToken = newOpaqueToken();
    const session = { installationId: host.installationId, agentId, display };
    await this.repository.add(hashToken(accessToken), session, now, new Date(now.getTime() + sessionLifetime * 1000));
    return {
      accessToken,
      expiresIn: sessionLifetime,
      actor: { kind: 'agent', login: agent.login, name: agent.name },
      permissions: [...agent.permissions],
      display,
      host: { type: host.type },
    };
  }
}

function bearerOf(session: StoredSession, host: LaunchHost, agent: HostAgent, correlationId: string): Bearer {
  const { login, name, hostUserId } = agent;
  return {
    actor: { kind: 'agent', id: `${host.installationId}:${agent.id}`, login, name, hostUserId, correlationId },
    permissions: agent.permissions,
    display: session.display,
    hostType: host.type,
  };
}
