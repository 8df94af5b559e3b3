import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Job, JobEntryPage, JobEntryQuery, JobPage, JobQuery } from '../../../contract/job.js';
import type { Actor } from '../../kernel/actor.js';
import { Answers, CurrentActor, Requires } from '../http/index.js';
import { JobsService } from './jobs.service.js';

@ApiTags('jobs')
@Controller('api/v1/jobs')
export class JobsController {
  constructor(private readonly jobs: JobsService) {}

  @Get()
  @Requires('clientele.read')
  @Answers(JobPage)
  list(@Query({ schema: JobQuery }) query: JobQuery): Promise<JobPage> {
    return this.jobs.page(query);
  }

  @Get(':jobId')
  @Requires('clientele.read')
  @Answers(Job)
  get(@Param('jobId') jobId: string): Promise<Job> {
    return this.jobs.get(jobId);
  }

  @Get(':jobId/entries')
  @Requires('clientele.read')
  @Answers(JobEntryPage)
  entries(@Param('jobId') jobId: string, @Query({ schema: JobEntryQuery }) query: JobEntryQuery): Promise<JobEntryPage> {
    return this.jobs.entries(jobId, query);
  }

  @Post(':jobId/cancel')
  @Requires('clientele.write')
  @Answers(Job)
  cancel(@CurrentActor() actor: Actor, @Param('jobId') jobId: string): Promise<Job> {
    return this.jobs.cancel(actor, jobId);
  }

  @Post(':jobId/undo')
  @Requires('clientele.write')
  @Answers(Job, 201)
  undo(@CurrentActor() actor: Actor, @Param('jobId') jobId: string): Promise<Job> {
    return this.jobs.undo(actor, jobId);
  }
}
