import { Module } from '@nestjs/common';
import { AgentGuard } from './agent.guard.js';
import { AgentSecretsRepository } from './agent-secrets.repository.js';
import { AgentsController } from './agents.controller.js';
import { AgentsRepository } from './agents.repository.js';
import { AgentsService } from './agents.service.js';
import { EmbeddedHost } from './embedded-host.js';
import { HostUsers } from './host-users.js';
import { OwnPagesGuard } from './own-pages.guard.js';
import { SignInController } from './sign-in.controller.js';
import { SignInLinks } from './sign-in-links.js';
import { SignInService } from './sign-in.service.js';

/** The host we bring along: its agents, their sign-in, and the launch tokens for the plugin's pages. */
@Module({
  controllers: [SignInController, AgentsController],
  providers: [
    AgentGuard,
    AgentSecretsRepository,
    AgentsRepository,
    AgentsService,
    EmbeddedHost,
    HostUsers,
    OwnPagesGuard,
    SignInLinks,
    SignInService,
  ],
  exports: [AgentsService],
})
export class EmbeddedHostModule {}
