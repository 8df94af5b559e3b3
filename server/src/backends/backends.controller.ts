import { Controller, Get, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { BackendCount, BackendList, BackendProbe, BackendStatus, BackendStatusList } from '../../contract/backend.js';
import { Answers, Requires } from '../platform/http/index.js';
import { BackendsService } from './backends.service.js';

@ApiTags('backends')
@Controller('api/v1/backends')
export class BackendsController {
  constructor(private readonly backends: BackendsService) {}

  @Get()
  @Requires('clientele.read')
  @Answers(BackendList)
  list(): BackendList {
    return this.backends.list();
  }

  @Get('status')
  @Requires('clientele.read')
  @Answers(BackendStatusList)
  statuses(): BackendStatusList {
    return this.backends.statuses();
  }

  @Get(':backendId/count')
  @Requires('clientele.read')
  @Answers(BackendCount)
  count(@Param('backendId') backendId: string): Promise<BackendCount> {
    return this.backends.count(backendId);
  }

  @Post(':backendId/retry')
  @Requires('clientele.read')
  @Answers(BackendStatus)
  retry(@Param('backendId') backendId: string): Promise<BackendStatus> {
    return this.backends.retry(backendId);
  }

  @Post(':backendId/probe')
  @Requires('clientele.admin')
  @Answers(BackendProbe)
  probe(@Param('backendId') backendId: string): Promise<BackendProbe> {
    return this.backends.probe(backendId);
  }
}
