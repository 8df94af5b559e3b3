import type { Agent } from '../../../server/contract/embedded-host.js';
import type { Permission } from '../../../server/contract/session.js';

/** Without an active administrator nobody could let anybody in any more, so the last one keeps both. */
export function isLastAdmin(agent: Agent, agents: readonly Agent[]): boolean {
  return isActiveAdmin(agent) && agents.filter(isActiveAdmin).length === 1;
}

/** The most that these permissions allow; each includes the ones below it. */
export function highestPermission(permissions: readonly Permission[]): Permission {
  return descending.find((permission) => permissions.includes(permission)) ?? 'clientele.read';
}

const descending: readonly Permission[] = ['clientele.admin', 'clientele.write', 'clientele.read'];

function isActiveAdmin(agent: Agent): boolean {
  return agent.active && agent.permissions.includes('clientele.admin');
}
