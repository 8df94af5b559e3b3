import { Module } from '@nestjs/common';
import { BackendsModule } from '../backends/index.js';
import { EmailAddressesModule } from '../email-addresses/index.js';
import { PasswordsModule } from '../passwords/index.js';
import { KeyReferencesRepository } from '../records/key-references.repository.js';
import { RenamedKeysRepository } from '../records/renamed-keys.repository.js';
import { TicketCustomersRepository } from '../records/ticket-customers.repository.js';
import { CustomerUserRules } from './customer-user-rules.js';
import { CustomerUserStore } from './customer-user.store.js';
import { CustomerUsersController } from './customer-users.controller.js';
import { CustomerUsersService } from './customer-users.service.js';

@Module({
  imports: [BackendsModule, EmailAddressesModule, PasswordsModule],
  controllers: [CustomerUsersController],
  providers: [CustomerUsersService, CustomerUserStore, CustomerUserRules, KeyReferencesRepository, RenamedKeysRepository, TicketCustomersRepository],
  exports: [CustomerUsersService, CustomerUserStore, CustomerUserRules],
})
export class CustomerUsersModule {}
