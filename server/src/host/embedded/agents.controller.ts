import { Body, Controller, Get, Inject, Param, Patch, Post } from '@nestjs/common';
import { Agent, AgentCreate, AgentCreated, AgentList, AgentLogin, AgentPatch } from '../../../contract/embedded-host.js';
import { ENVIRONMENT, type Environment } from '../../platform/config/environment.js';
import { Answers } from '../../platform/http/index.js';
import { ForAgents } from './agent.guard.js';
import { AgentsService } from './agents.service.js';

@Controller('embedded-host/api/agents')
export class AgentsController {
  constructor(
    private readonly agents: AgentsService,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  @Get()
  @ForAgents('clientele.admin')
  @Answers(AgentList)
  async list(): Promise<AgentList> {
    return { items: await this.agents.list() };
  }

  @Post()
  @ForAgents('clientele.admin')
  @Answers(AgentCreated, 201)
  create(@Body({ schema: AgentCreate }) agent: AgentCreate): Promise<AgentCreated> {
    return this.agents.create(agent, this.environment.baseUrl);
  }

  @Patch(':login')
  @ForAgents('clientele.admin')
  @Answers(Agent)
  change(
    @Param('login', { schema: AgentLogin }) login: string,
    @Body({ schema: AgentPatch }) patch: AgentPatch,
  ): Promise<Agent> {
    return this.agents.change(login, patch);
  }
}
