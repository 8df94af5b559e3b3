import 'reflect-metadata';
import { commandLine } from './cli/command-line.js';
import { reportFailure } from './cli/report-failure.js';
import { readEnvironment } from './platform/config/environment.js';

commandLine(() => readEnvironment(process.env))
  .parseAsync(process.argv)
  .catch((error: unknown) => {
    reportFailure(error);
    process.exit(1);
  });
