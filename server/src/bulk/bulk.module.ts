import { Module } from '@nestjs/common';
import { BackendsModule } from '../backends/index.js';
import { RelationsModule } from '../relations/index.js';
import { BulkController } from './bulk.controller.js';
import { BulkJob } from './bulk-job.js';
import { BulkService } from './bulk.service.js';
import { PeopleWalk } from './people-walk.js';
import { UndoJob } from './undo-job.js';

@Module({
  imports: [BackendsModule, RelationsModule],
  controllers: [BulkController],
  providers: [BulkService, BulkJob, UndoJob, PeopleWalk],
})
export class BulkModule {}
