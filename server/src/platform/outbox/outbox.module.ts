import { Global, Injectable, Logger, Module, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Clock } from '../../kernel/clock.js';
import { describeError } from '../logging/index.js';
import type { Connection } from '../persistence/database.js';
import { CLOCK, MAIN_CONNECTION } from '../persistence/tokens.js';
import { OutboxBell } from './outbox-bell.js';
import { OutboxHandlers } from './outbox-handlers.js';
import { OutboxRelay } from './outbox-relay.js';
import { OutboxRepository } from './outbox.repository.js';

/** Starts the relay when every module has made its handlers known, and stops it before connections are closed. */
@Injectable()
class OutboxLifecycle implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(private readonly relay: OutboxRelay) {}

  onApplicationBootstrap(): void {
    this.relay.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.relay.stop();
  }
}

@Global()
@Module({
  providers: [
    OutboxHandlers,
    OutboxLifecycle,
    { provide: OutboxRelay, inject: [MAIN_CONNECTION, OutboxHandlers, OutboxBell, CLOCK], useFactory: createRelay },
  ],
  exports: [OutboxHandlers],
})
export class OutboxModule {}

function createRelay(connection: Connection, handlers: OutboxHandlers, bell: OutboxBell, clock: Clock): OutboxRelay {
  const logger = new Logger('outbox');
  return new OutboxRelay(new OutboxRepository(connection), handlers, bell, clock, (what, error) =>
    logger.error(`${what}: ${describeError(error).message}`),
  );
}
