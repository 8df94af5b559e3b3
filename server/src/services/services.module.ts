import { Module } from '@nestjs/common';
import { CataloguesModule } from '../catalogues/index.js';
import { DefaultServicesRepository } from './default-services.repository.js';
import { ServiceTree } from './service-tree.js';
import { ServicesController } from './services.controller.js';
import { ServicesService } from './services.service.js';

@Module({
  imports: [CataloguesModule],
  controllers: [ServicesController],
  providers: [ServicesService, ServiceTree, DefaultServicesRepository],
  exports: [ServicesService],
})
export class ServicesModule {}
