import 'reflect-metadata';
import { reportFailure } from './cli/report-failure.js';
import { startServer } from './cli/start-server.js';

try {
  await startServer(process.env);
} catch (error) {
  reportFailure(error);
  process.exit(1);
}
