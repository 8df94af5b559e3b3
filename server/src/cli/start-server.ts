import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from '../app.factory.js';
import { AgentsService } from '../host/embedded/index.js';
import { readEnvironment } from '../platform/config/environment.js';
import { createLogger, type Logger } from '../platform/logging/index.js';
import { publicAddress } from './public-address.js';

/** Longer than any answer takes; who still waits then is cut off. */
const shutdownPatienceMs = 15_000;
/** A connection that was answered while we end stays open for more questions, and would hold the end up. */
const sweepEveryMs = 100;

/** Starts the server and says so in one line, the last one of the start. */
export async function startServer(variables: NodeJS.ProcessEnv): Promise<void> {
  const environment = readEnvironment(variables);
  const logger = createLogger(environment.logLevel);
  const app = await createApp(environment, { logger });
  endInOrder(app, logger);
  await app.listen(environment.port, environment.host);
  const address = publicAddress(environment, listeningPort(app));
  const link = environment.isEmbeddedHostOn ? await app.get(AgentsService).firstSignInLink(address) : null;
  process.stdout.write(`Clientele is ready at ${address}/${link === null ? '' : ` — sign in once with ${link}`}\n`);
}

/** The operating system chose it when PORT is 0. */
function listeningPort(app: NestFastifyApplication): number | undefined {
  const address: unknown = app.getHttpServer().address();
  const port: unknown = typeof address === 'object' && address !== null ? Reflect.get(address, 'port') : undefined;
  return typeof port === 'number' ? port : undefined;
}

/** Answers what was asked already, then closes the database. A second signal does not wait. */
function endInOrder(app: NestFastifyApplication, logger: Logger): void {
  let isEnding = false;
  const end = (signal: NodeJS.Signals): void => {
    if (isEnding) process.exit(1);
    isEnding = true;
    setTimeout(() => process.exit(1), shutdownPatienceMs).unref();
    logger.info({ signal }, 'ending');
    setInterval(() => app.getHttpServer().closeIdleConnections(), sweepEveryMs).unref();
    app.close().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'did not end in order');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', end).on('SIGINT', end);
}
