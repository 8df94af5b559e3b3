import { Module } from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '../platform/config/environment.js';
import { readFindings } from './configuration-findings.js';
import { ConfigurationController, FINDINGS } from './configuration.controller.js';

/** What people are told of the configuration. */
@Module({
  controllers: [ConfigurationController],
  providers: [{ provide: FINDINGS, inject: [ENVIRONMENT], useFactory: ({ configurationFile }: Environment) => readFindings(configurationFile) }],
})
export class ConfigurationPagesModule {}
