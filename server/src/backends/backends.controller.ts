import { Controller, Get, Param, Post } from '@nestjs/common';
import { BackendList, BackendProbe } from '../../contract/backend.js';
import { Answers, Requires } from '../platform/http/index.js';
import { BackendRegistry } from './backend-registry.js';
import { describeBackend } from './describe-backend.js';
import { probeBackend } from './probe-backend.js';

@Controller('api/v1/backends')
export class BackendsController {
  constructor(private readonly registry: BackendRegistry) {}

  @Get()
  @Requires('clientele.read')
  @Answers(BackendList)
  list(): BackendList {
    return { items: this.registry.backends.map(describeBackend) };
  }

  @Post(':backendId/probe')
  @Requires('clientele.admin')
  @Answers(BackendProbe)
  probe(@Param('backendId') backendId: string): Promise<BackendProbe> {
    return probeBackend(this.registry.backend(backendId), this.registry.health);
  }
}
