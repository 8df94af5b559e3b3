import { Module } from '@nestjs/common';
import { Passwords } from './passwords.js';
import { PreferencesRepository } from './preferences.repository.js';

@Module({
  providers: [Passwords, PreferencesRepository],
  exports: [Passwords, PreferencesRepository],
})
export class PasswordsModule {}
