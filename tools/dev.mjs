// npm run dev: the compiler, the server and the client's development server, each starting over when a source changes.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { prepare } from './prepare.mjs';
import { main, project, say } from './run.mjs';

await main(async () => {
  await prepare();
  // The compiler writes into the build from now on: the next start compares anew.
  rmSync(join(project, 'dist', '.build-hash'), { force: true });
  const env = { ...process.env, NODE_ENV: 'development', PORT: process.env.PORT || '8080' };
  const node = (...args) => spawn(process.execPath, args, { cwd: project, env, stdio: ['ignore', 'inherit', 'inherit'] });
  const children = [
    node('node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--watch', '--preserveWatchOutput'),
    node('--watch', '--watch-preserve-output', '--enable-source-maps', 'dist/server/src/main.js'),
    node('node_modules/vite/bin/vite.js'),
  ];
  say(`The server listens on port ${env.PORT}; the pages are served by Vite at the address below. Ctrl+C ends all.`);

  const end = () => children.forEach((child) => child.kill('SIGTERM'));
  process.on('SIGINT', end).on('SIGTERM', end);
  for (const child of children) child.once('exit', end);
  await Promise.all(children.map((child) => new Promise((resolve) => child.once('exit', resolve))));
});
