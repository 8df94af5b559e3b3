// npm run cli -- <command>: the command line, built first when its sources have changed.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { prepare } from './prepare.mjs';
import { main, project } from './run.mjs';

await main(async () => {
  await prepare();
  await import(pathToFileURL(join(project, 'dist/server/src/cli.js')).href);
});
