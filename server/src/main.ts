import 'reflect-metadata';
import { reportFailure } from './cli/report-failure.js';
import { startServer } from './cli/start-server.js';

startServer(process.env).catch((error: unknown) => {
  reportFailure(error);
  process.exit(1);
});
