import { Module } from '@nestjs/common';
import { BackendsModule } from '../backends/index.js';
import { RenamedKeysRepository } from '../records/renamed-keys.repository.js';
import { CustomerStore } from './customer.store.js';
import { CustomersController } from './customers.controller.js';
import { CustomersService } from './customers.service.js';

@Module({
  imports: [BackendsModule],
  controllers: [CustomersController],
  providers: [CustomersService, CustomerStore, RenamedKeysRepository],
  exports: [CustomersService],
})
export class CustomersModule {}
