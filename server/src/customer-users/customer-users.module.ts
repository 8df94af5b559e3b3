import { Module } from '@nestjs/common';
import { BackendsModule } from '../backends/index.js';
import { EmailAddressesModule } from '../email-addresses/index.js';
import { PasswordsModule } from '../passwords/index.js';
import { CustomerUserRules } from './customer-user-rules.js';
import { CustomerUserStore } from './customer-user.store.js';
import { CustomerUsersController } from './customer-users.controller.js';
import { CustomerUsersService } from './customer-users.service.js';
import { LoginReferencesRepository } from './login-references.repository.js';

@Module({
  imports: [BackendsModule, EmailAddressesModule, PasswordsModule],
  controllers: [CustomerUsersController],
  providers: [CustomerUsersService, CustomerUserStore, CustomerUserRules, LoginReferencesRepository],
  exports: [CustomerUsersService, CustomerUserStore],
})
export class CustomerUsersModule {}
