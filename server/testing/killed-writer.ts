import 'reflect-metadata';
import { Global, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ConfigurationModule } from '../src/configuration/index.js';
import { CustomerUsersModule, CustomerUsersService } from '../src/customer-users/index.js';
import type { Actor } from '../src/kernel/actor.js';
import { ENVIRONMENT, readEnvironment } from '../src/platform/config/environment.js';
import { PersistenceModule } from '../src/platform/persistence/persistence.module.js';

const actor: Actor = { kind: 'system', id: 'writer', login: 'writer', name: 'Writer', hostUserId: 1, correlationId: 'killed-writer' };
/** More than there are connections, so that they queue up as well. */
const writers = 24;

@Global()
@Module({ providers: [{ provide: ENVIRONMENT, useFactory: () => readEnvironment(process.env) }], exports: [ENVIRONMENT] })
class SurroundingsModule {}

/** The application without the relay, so that what is in the outbox stays there to be counted. */
@Module({ imports: [SurroundingsModule, ConfigurationModule, PersistenceModule, CustomerUsersModule] })
class WriterModule {}

/** Creates, changes and renames customer users until it is killed; says each of them once it has its answer. */
async function write(customerId: string): Promise<void> {
  const context = await NestFactory.createApplicationContext(WriterModule, { logger: ['error'] });
  const users = context.get(CustomerUsersService);
  const run = `${process.pid}-${Date.now()}`;

  const keepWriting = async (writer: number): Promise<never> => {
    for (let number = 0; ; number += 1) {
      const login = `killed-${run}-${writer}-${number}`;
      const made = await users.create(actor, {
        login, email: `${login}@killed.example`, customerId, fields: { UserFirstname: 'Anna', UserLastname: 'Killed' },
      });
      say('created', login);
      await users.change(actor, login, made.version, { fields: { UserFirstname: 'Bella' } });
      say('changed', login);
    }
  };
  await Promise.all(Array.from({ length: writers }, (_, writer) => keepWriting(writer)));
}

function say(action: string, login: string): void {
  process.stdout.write(`${action} ${login}\n`);
}

write(process.argv[2] ?? '').catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
