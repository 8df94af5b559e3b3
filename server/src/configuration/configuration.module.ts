import { Global, Logger, Module } from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '../platform/config/environment.js';
import { loadConfiguration, type Configuration } from './configuration.js';

/** Injection token of the one Configuration of this process. */
export const CONFIGURATION = Symbol('CONFIGURATION');

@Global()
@Module({
  providers: [{ provide: CONFIGURATION, inject: [ENVIRONMENT], useFactory: load }],
  exports: [CONFIGURATION],
})
export class ConfigurationModule {}

async function load(environment: Environment): Promise<Configuration> {
  const configuration = await loadConfiguration(environment.configurationFile);
  const logger = new Logger('configuration');
  for (const warning of configuration.warnings) logger.warn(warning);
  return configuration;
}
