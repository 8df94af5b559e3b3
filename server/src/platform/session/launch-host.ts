import { Injectable } from '@nestjs/common';
import type { Permission, SessionDescription } from '../../../contract/session.js';

/** An agent as its host knows it at this moment. */
export interface HostAgent {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly permissions: readonly Permission[];
  /** An existing `users.id` of the helpdesk. */
  readonly hostUserId: number;
}

/** A host whose launch tokens open sessions here. */
export interface LaunchHost {
  readonly installationId: string;
  readonly type: SessionDescription['host']['type'];
  /** The key of its tokens (HS256), derived for this use alone. */
  readonly key: Uint8Array;
  /** Origins of its pages, which a token may have been made for. */
  readonly parentOrigins: readonly string[];
  /** `null` when the host lets this agent work no more. Asked with every request. */
  findAgent(agentId: string): Promise<HostAgent | null>;
}

/** The hosts that may send agents to us. Each registers itself when it starts. */
@Injectable()
export class LaunchHosts {
  private readonly hosts = new Map<string, LaunchHost>();

  register(host: LaunchHost): void {
    this.hosts.set(host.installationId, host);
  }

  find(installationId: string): LaunchHost | null {
    return this.hosts.get(installationId) ?? null;
  }
}
