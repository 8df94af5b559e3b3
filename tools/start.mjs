// npm start: from a fresh clone to a running server.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { prepare } from './prepare.mjs';
import { main, project } from './run.mjs';

await main(async () => {
  await prepare();
  // In this very process: a signal then has one receiver only.
  await import(pathToFileURL(join(project, 'dist/server/src/main.js')).href);
});
