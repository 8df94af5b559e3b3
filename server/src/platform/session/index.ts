export { ApiTokensService } from './api-tokens.service.js';
export { type ApiToken } from './api-tokens.repository.js';
export { derivedKey } from './derived-key.js';
export { LaunchHosts, type HostAgent, type LaunchHost } from './launch-host.js';
export { mintLaunchToken } from './launch-token.js';
export { hashToken, newOpaqueToken } from './opaque-token.js';
export { SessionModule } from './session.module.js';
