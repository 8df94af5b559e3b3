import { Module } from '@nestjs/common';
import { BackendsModule } from '../../backends/index.js';
import { CustomersModule } from '../../customers/index.js';
import { CustomerUsersModule } from '../../customer-users/index.js';
import { AgentGuard } from './agent.guard.js';
import { AgentSecretsRepository } from './agent-secrets.repository.js';
import { AgentsController } from './agents.controller.js';
import { AgentsRepository } from './agents.repository.js';
import { AgentsService } from './agents.service.js';
import { EmbeddedHost } from './embedded-host.js';
import { FirstRunController } from './example-data/first-run.controller.js';
import { FirstRunService } from './example-data/first-run.service.js';
import { HostUsers } from './host-users.js';
import { OwnPagesGuard } from './own-pages.guard.js';
import { SignInController } from './sign-in.controller.js';
import { SignInLinks } from './sign-in-links.js';
import { SignInService } from './sign-in.service.js';

/** The host we bring along: its agents, their sign-in, and the launch tokens for the plugin's pages. */
@Module({
  imports: [BackendsModule, CustomersModule, CustomerUsersModule],
  controllers: [SignInController, AgentsController, FirstRunController],
  providers: [
    AgentGuard,
    AgentSecretsRepository,
    AgentsRepository,
    AgentsService,
    EmbeddedHost,
    FirstRunService,
    HostUsers,
    OwnPagesGuard,
    SignInLinks,
    SignInService,
  ],
  exports: [AgentsService],
})
export class EmbeddedHostModule {}
