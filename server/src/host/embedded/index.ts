import type { Clock } from '../../kernel/clock.js';
import type { Connection } from '../../platform/persistence/database.js';
import { AgentSecretsRepository } from './agent-secrets.repository.js';
import { AgentsRepository } from './agents.repository.js';
import { AgentsService } from './agents.service.js';
import { SignInLinks } from './sign-in-links.js';

export { AgentsService } from './agents.service.js';
export { EmbeddedHostModule } from './embedded-host.module.js';

/** For the command line, which has a database and no application around it. */
export function agentsServiceOn(connection: Connection, clock: Clock): AgentsService {
  const links = new SignInLinks(new AgentSecretsRepository(connection), clock);
  return new AgentsService(new AgentsRepository(connection), links, clock);
}
