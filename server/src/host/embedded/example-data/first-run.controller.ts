import { Controller, Get, Post } from '@nestjs/common';
import { ExampleDataLoaded, FirstRun } from '../../../../contract/embedded-host.js';
import type { Actor } from '../../../kernel/actor.js';
import { Answers, CurrentActor } from '../../../platform/http/index.js';
import { ForAgents } from '../agent.guard.js';
import { FirstRunService } from './first-run.service.js';

@Controller('embedded-host/api')
export class FirstRunController {
  constructor(private readonly firstRun: FirstRunService) {}

  @Get('first-run')
  @ForAgents()
  @Answers(FirstRun)
  look(): Promise<FirstRun> {
    return this.firstRun.look();
  }

  @Post('example-data')
  @ForAgents('clientele.admin')
  @Answers(ExampleDataLoaded, 201)
  loadExampleData(@CurrentActor() actor: Actor): Promise<ExampleDataLoaded> {
    return this.firstRun.loadExampleData(actor);
  }
}
