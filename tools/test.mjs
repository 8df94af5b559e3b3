// npm test: everything, from a fresh clone. The last line is the sum over all checks and suites.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { build, checkNode, install } from './prepare.mjs';
import { provision } from './provision.mjs';
import { project, runScript, say } from './run.mjs';

const lintChecks = [
  { name: 'code style (ESLint)', script: 'node_modules/eslint/bin/eslint.js', args: ['.', '--max-warnings', '0', '--cache', '--cache-location', '.cache/eslint/', '--cache-strategy', 'content'] },
  { name: 'dependency rules', script: 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs', args: ['--config', '.dependency-cruiser.cjs', 'server', 'client/src', 'migrations'] },
  { name: 'types of the server', script: 'node_modules/typescript/bin/tsc', args: ['-p', 'tsconfig.json', '--noEmit'] },
  { name: 'types of the client', script: 'node_modules/vue-tsc/bin/vue-tsc.js', args: ['-p', 'client/tsconfig.json', '--noEmit'] },
];
const suites = { unit: '.spec.ts', database: '.db-spec.ts', HTTP: '.http-spec.ts', browser: '.e2e-spec.ts' };
const resultFile = join(project, '.cache', 'test-results.json');

const total = { passed: 0, failed: 0 };
try {
  checkNode();
  await install();
  await provision();
  await build();
  await lint();
  await test();
} catch (error) {
  count('preparation', { passed: 0, failed: 1 });
  say(error instanceof Error ? error.message : String(error));
}
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);

async function lint() {
  for (const { name, script, args } of lintChecks) {
    say(`Checking ${name} …`);
    const code = await runScript(script, args);
    count(name, code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
  }
}

async function test() {
  say('Running the unit, database, HTTP and browser suites, which takes some minutes …');
  mkdirSync(join(project, '.cache'), { recursive: true });
  rmSync(resultFile, { force: true });
  const workers = Math.max(2, availableParallelism() - 1);
  const code = await runScript('node_modules/jest/bin/jest.js', ['--ci', `--maxWorkers=${workers}`, '--json', `--outputFile=${resultFile}`], {
    env: { ...process.env, NODE_ENV: 'test' },
    // jest repeats the whole result on stdout.
    stdio: ['ignore', 'ignore', 2],
  });
  if (!existsSync(resultFile)) throw new Error('The suites did not run to their end; the reason is above.');
  const files = JSON.parse(readFileSync(resultFile, 'utf8')).testResults;
  const failedBefore = total.failed;
  for (const [name, ending] of Object.entries(suites)) {
    countSuite(name, files.filter((file) => file.name.endsWith(ending)));
  }
  // jest may refuse for a reason that belongs to no test, such as an open handle or an obsolete snapshot.
  if (code !== 0 && total.failed === failedBefore) count('jest itself', { passed: 0, failed: 1 });
}

/** A file that broke before its first test counts as one failure, and so does a skipped test: nobody has seen it pass. */
function countSuite(name, files) {
  const tests = files.flatMap((file) => file.assertionResults);
  const passed = tests.filter(({ status }) => status === 'passed').length;
  const broken = files.filter((file) => file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed')).length;
  if (tests.length === 0) say(`The ${name} suite has no tests, which is a failure.`);
  count(`${name} suite`, { passed, failed: tests.length === 0 ? Math.max(broken, 1) : tests.length - passed + broken });
}

function count(name, { passed, failed }) {
  total.passed += passed;
  total.failed += failed;
  say(`${name}: ${passed} passed, ${failed} failed`);
}
