export { AgentsService } from './agents.service.js';
export { EmbeddedHostModule } from './embedded-host.module.js';
