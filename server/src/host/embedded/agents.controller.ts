import { Body, Controller, Get, Param, Patch, Post } from '@nestjs/common';
import { Agent, AgentCreate, AgentCreated, AgentList, AgentLogin, AgentPatch } from '../../../contract/embedded-host.js';
import { Answers } from '../../platform/http/index.js';
import { ForAgents } from './agent.guard.js';
import { AgentsService } from './agents.service.js';
import { OwnOrigin } from './own-pages.guard.js';

@Controller('embedded-host/api/agents')
export class AgentsController {
  constructor(private readonly agents: AgentsService) {}

  @Get()
  @ForAgents('clientele.admin')
  @Answers(AgentList)
  async list(): Promise<AgentList> {
    return { items: await this.agents.list() };
  }

  @Post()
  @ForAgents('clientele.admin')
  @Answers(AgentCreated, 201)
  create(@Body({ schema: AgentCreate }) agent: AgentCreate, @OwnOrigin() origin: string): Promise<AgentCreated> {
    return this.agents.create(agent, origin);
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
