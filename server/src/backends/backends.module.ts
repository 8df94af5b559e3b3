import { Inject, Logger, Module, type OnApplicationShutdown, type Provider } from '@nestjs/common';
import { CONFIGURATION, type Configuration } from '../configuration/index.js';
import type { Clock } from '../kernel/clock.js';
import { readSecretKey } from '../platform/config/environment-secret-key.js';
import { ENVIRONMENT, type Environment } from '../platform/config/environment.js';
import type { Connection } from '../platform/persistence/database.js';
import { CLOCK, MAIN_CONNECTION } from '../platform/persistence/persistence.module.js';
import type { OpeningContext } from './backend-factory.js';
import { BackendRegistry } from './backend-registry.js';
import { OwnGenerations, type Generations } from './cache/generations.js';
import { RedisGenerations } from './cache/redis-generations.js';
import { CustomerDirectory, CustomerUserDirectory } from './directory.js';
import { drivers } from './drivers.js';

/** Injection token of the Generations that the caches of all backends share. */
const GENERATIONS = Symbol('GENERATIONS');
const CONTEXT = Symbol('CONTEXT');
type Context = Omit<OpeningContext, 'dynamicFields'>;

const registry: Provider = {
  provide: BackendRegistry,
  inject: [CONFIGURATION, CONTEXT],
  useFactory: openRegistry,
};

const context: Provider = {
  provide: CONTEXT,
  inject: [ENVIRONMENT, MAIN_CONNECTION, CLOCK, GENERATIONS],
  useFactory: (environment: Environment, mainConnection: Connection, clock: Clock, shared: Generations): Context => ({
    mainConnection,
    clock,
    secretKey: readSecretKey(environment),
    generations: shared,
  }),
};

const generations: Provider = { provide: GENERATIONS, inject: [ENVIRONMENT], useFactory: openGenerations };

@Module({
  providers: [generations, context, registry, directoryOf(CustomerUserDirectory), directoryOf(CustomerDirectory)],
  exports: [BackendRegistry, CustomerUserDirectory, CustomerDirectory],
})
export class BackendsModule implements OnApplicationShutdown {
  constructor(
    @Inject(BackendRegistry) private readonly registry: BackendRegistry,
    @Inject(GENERATIONS) private readonly generations: Generations,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await this.registry.close();
    await this.generations.close();
  }
}

function directoryOf(directory: typeof CustomerUserDirectory | typeof CustomerDirectory): Provider {
  return { provide: directory, inject: [BackendRegistry], useFactory: (opened: BackendRegistry) => new directory(opened) };
}

async function openRegistry(configuration: Configuration, surroundings: Context): Promise<BackendRegistry> {
  const opened = await BackendRegistry.open(configuration, drivers, surroundings);
  const logger = new Logger('backends');
  for (const warning of opened.warnings) logger.warn(warning);
  return opened;
}

async function openGenerations(environment: Environment): Promise<Generations> {
  if (environment.redisUrl === null) return new OwnGenerations();
  const shared = new RedisGenerations(environment.redisUrl, readSecretKey(environment));
  await shared.open();
  return shared;
}
