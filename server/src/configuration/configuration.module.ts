import { Global, Module } from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '../platform/config/environment.js';
import type { Connection } from '../platform/persistence/database.js';
import { MAIN_CONNECTION } from '../platform/persistence/persistence.module.js';
import { loadConfiguration, type Configuration } from './configuration.js';
import { FollowedConfiguration } from './followed-configuration.js';
import { readHelpdeskSettings } from './helpdesk-settings.js';

/** Injection token of the one Configuration of this process. */
export const CONFIGURATION = Symbol('CONFIGURATION');
/** What the operator's file says; whatever is wrong in it is told before a database is asked for anything. */
const FILE_CONFIGURATION = Symbol('FILE_CONFIGURATION');

@Global()
@Module({
  providers: [
    { provide: FILE_CONFIGURATION, inject: [ENVIRONMENT], useFactory: ({ configurationFile }: Environment) => loadConfiguration(configurationFile) },
    { provide: CONFIGURATION, inject: [FILE_CONFIGURATION, MAIN_CONNECTION], useFactory: follow },
  ],
  exports: [CONFIGURATION],
})
export class ConfigurationModule {}

async function follow(file: Configuration, connection: Connection): Promise<Configuration> {
  const configuration = new FollowedConfiguration(file, (signal) => readHelpdeskSettings(connection, signal));
  await configuration.refresh();
  return configuration;
}
