import type { Clock } from '../../kernel/clock.js';
import type { Connection } from '../persistence/database.js';
import { ApiTokensRepository } from './api-tokens.repository.js';
import { ApiTokensService } from './api-tokens.service.js';

export { ApiTokensService } from './api-tokens.service.js';
export type { ApiToken } from './api-tokens.repository.js';
export { derivedKey } from './derived-key.js';
export { LaunchHosts, type HostAgent, type LaunchHost } from './launch-host.js';
export { mintLaunchToken } from './launch-token.js';
export { hashToken, newOpaqueToken } from './opaque-token.js';
export { SessionModule } from './session.module.js';
export { SessionsService } from './sessions.service.js';
export { fromStoredPermissions, toStoredPermissions } from './stored-permissions.js';

/** For the command line, which has a database and no application around it. */
export function apiTokensServiceOn(connection: Connection, clock: Clock): ApiTokensService {
  return new ApiTokensService(new ApiTokensRepository(connection), clock);
}
