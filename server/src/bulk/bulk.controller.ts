import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { BulkPreview, BulkRelation, Job } from '../../contract/job.js';
import type { Actor } from '../kernel/actor.js';
import { Answers, CurrentActor, Requires } from '../platform/http/index.js';
import { BulkService } from './bulk.service.js';

@ApiTags('bulk changes')
@Controller('api/v1/bulk-changes')
export class BulkController {
  constructor(private readonly bulk: BulkService) {}

  @Post('preview')
  @Requires('clientele.write')
  @Answers(BulkPreview)
  preview(@Body({ schema: BulkRelation }) sent: BulkRelation): Promise<BulkPreview> {
    return this.bulk.preview(sent);
  }

  @Post()
  @Requires('clientele.write')
  @Answers(Job, 201)
  start(@CurrentActor() actor: Actor, @Body({ schema: BulkRelation }) sent: BulkRelation): Promise<Job> {
    return this.bulk.start(actor, sent);
  }
}
