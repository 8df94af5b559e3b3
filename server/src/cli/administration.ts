import { AgentsService, agentsServiceOn } from '../host/embedded/index.js';
import { systemClock } from '../kernel/clock.js';
import type { Environment } from '../platform/config/environment.js';
import { ApiTokensService, apiTokensServiceOn } from '../platform/session/index.js';
import { withDatabase } from './database.js';

export interface Administration {
  readonly agents: AgentsService;
  readonly apiTokens: ApiTokensService;
}

/** What the command line changes, on the database and without a server. */
export function withAdministration<T>(environment: Environment, work: (administration: Administration) => Promise<T>): Promise<T> {
  return withDatabase(environment, (connection) =>
    work({ agents: agentsServiceOn(connection, systemClock), apiTokens: apiTokensServiceOn(connection, systemClock) }),
  );
}
