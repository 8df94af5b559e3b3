import { Module } from '@nestjs/common';
import { BackendsModule } from '../backends/index.js';
import { CustomerUsersModule } from '../customer-users/index.js';
import { KeyReferencesRepository } from '../records/key-references.repository.js';
import { RenamedKeysRepository } from '../records/renamed-keys.repository.js';
import { TicketCustomersRepository } from '../records/ticket-customers.repository.js';
import { RenameJobs } from './rename-job.js';
import { RenamePlaces } from './rename-places.js';
import { RenamesController } from './renames.controller.js';
import { RenamesService } from './renames.service.js';

@Module({
  imports: [BackendsModule, CustomerUsersModule],
  controllers: [RenamesController],
  providers: [RenamesService, RenamePlaces, RenameJobs, KeyReferencesRepository, RenamedKeysRepository, TicketCustomersRepository],
})
export class RenamesModule {}
