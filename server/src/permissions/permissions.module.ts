import { Module } from '@nestjs/common';
import { BackendsModule } from '../backends/index.js';
import { CataloguesModule } from '../catalogues/index.js';
import { EffectivePermissionsService } from './effective-permissions.service.js';
import { EffectiveServicesService } from './effective-services.service.js';
import { PermissionFactsLoader } from './permission-facts.loader.js';
import { PermissionFactsRepository } from './permission-facts.repository.js';
import { PermissionsController } from './permissions.controller.js';
import { ServiceFactsRepository } from './service-facts.repository.js';
import { TicketAccessService } from './ticket-access.service.js';
import { TicketsRepository } from './tickets.repository.js';

@Module({
  imports: [BackendsModule, CataloguesModule],
  controllers: [PermissionsController],
  providers: [
    EffectivePermissionsService,
    EffectiveServicesService,
    PermissionFactsLoader,
    PermissionFactsRepository,
    ServiceFactsRepository,
    TicketAccessService,
    TicketsRepository,
  ],
  exports: [PermissionFactsLoader],
})
export class PermissionsModule {}
