import { Module } from '@nestjs/common';
import { BackendsModule } from '../backends/index.js';
import { PermissionFactsLoader } from './permission-facts.loader.js';
import { PermissionFactsRepository } from './permission-facts.repository.js';

@Module({
  imports: [BackendsModule],
  providers: [PermissionFactsLoader, PermissionFactsRepository],
  exports: [PermissionFactsLoader],
})
export class PermissionsModule {}
