import 'reflect-metadata';
import { commandLine } from './cli/command-line.js';
import { reportFailure } from './cli/report-failure.js';
import { readEnvironment } from './platform/config/environment.js';

try {
  await commandLine(() => readEnvironment({ LOG_LEVEL: 'warn', ...process.env })).parseAsync(process.argv);
} catch (error) {
  reportFailure(error);
  process.exit(1);
}
