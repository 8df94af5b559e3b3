import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { Metrics, Readiness } from '../platform/health/index.js';
import { measureBackends } from './backend-metrics.js';
import { BackendRegistry } from './backend-registry.js';
import { CustomerIdsController } from './customer-ids.controller.js';
import { BackendsController } from './backends.controller.js';
import { BackendsModule } from './backends.module.js';
import { BackendsService } from './backends.service.js';

/** What people and their monitoring are told of backends. */
@Module({ imports: [BackendsModule], controllers: [CustomerIdsController, BackendsController], providers: [BackendsService] })
export class BackendPagesModule implements OnModuleInit {
  constructor(
    @Inject(BackendRegistry) private readonly registry: BackendRegistry,
    @Inject(Metrics) private readonly metrics: Metrics,
    @Inject(Readiness) private readonly readiness: Readiness,
  ) {}

  onModuleInit(): void {
    measureBackends(this.metrics.registry, this.registry);
    this.readiness.watch(() => this.registry.statuses.every(({ state }) => state === 'ok' || state === 'unknown'));
  }
}
