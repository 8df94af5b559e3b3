import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { project, run, runScript, say } from './run.mjs';

const at = (...path) => join(project, ...path);

/** Each half is built when its sources differ from those of its last build. */
const halves = [
  {
    name: 'server',
    sources: ['server', 'migrations', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'],
    results: ['dist/server', 'dist/migrations'],
    build: () => runScript('node_modules/typescript/bin/tsc', ['-p', 'tsconfig.build.json']),
  },
  {
    name: 'client',
    sources: ['client', 'server/contract', 'vite.config.ts', 'package-lock.json'],
    results: ['dist/client'],
    // Types of the interface kit, written by the build and read by vue-tsc.
    byproducts: ['client/node_modules/.nuxt-ui'],
    build: () => runScript('node_modules/vite/bin/vite.js', ['build', '--logLevel', 'error'], { env: { ...process.env, CONSOLA_LEVEL: '1' } }),
  },
];

/** Installed packages, built server, built client: what is done already is skipped. */
export async function prepare() {
  checkNode();
  await install();
  await build();
}

export function checkNode() {
  const { engines } = readJson('package.json');
  if (engines.node.split('||').some((range) => isWithin(process.versions.node, range.trim()))) return;
  throw new Error(`Clientele needs Node ${engines.node}; this is Node ${process.versions.node}.`);
}

/** The two forms our package.json uses: `^20.19.0` and `>=24.11.0`. */
function isWithin(version, range) {
  const have = version.split('.').map(Number);
  const least = range.replace(/^\D+/, '').split('.').map(Number);
  const difference = have.map((part, index) => part - least[index]).find((part) => part !== 0) ?? 0;
  return difference >= 0 && (range.startsWith('>=') || have[0] === least[0]);
}

export async function install() {
  if (isInstalled()) return;
  say('Installing packages (npm ci), which takes about half a minute …');
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const code = npm?.endsWith('.js') ? await runScript(npm, args) : await run('npm', args, { shell: process.platform === 'win32' });
  if (code !== 0) throw new Error('npm ci failed; its message is above.');
  writeFileSync(at('node_modules', '.clientele-lock'), lockHash());
}

function isInstalled() {
  const stamp = at('node_modules', '.clientele-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash()) return true;
  if (!isInstalledByHand()) return false;
  writeFileSync(stamp, lockHash());
  return true;
}

/** npm keeps a list of what it installed: it tells that somebody ran npm itself and everything is there. */
function isInstalledByHand() {
  const list = join('node_modules', '.package-lock.json');
  if (!existsSync(at(list))) return false;
  const installed = readJson(list).packages;
  const wanted = Object.entries(readJson('package-lock.json').packages).filter(([path]) => path !== '');
  return wanted.every(([path, { version, optional }]) => {
    const have = installed[path];
    return have === undefined ? optional === true : have.version === version;
  });
}

function lockHash() {
  return hashOf([at('package-lock.json')], `${process.platform}-${process.arch}`);
}

export async function build() {
  const record = at('dist', '.build-hash');
  const built = existsSync(record) ? JSON.parse(readFileSync(record, 'utf8')) : {};
  for (const { name, sources, results, byproducts = [], build: buildHalf } of halves) {
    const hash = hashOf(sources.map((source) => at(source)).flatMap(filesIn));
    if (built[name] === hash && [...results, ...byproducts].every((path) => existsSync(at(path)))) continue;
    say(`Building the ${name} …`);
    for (const result of results) rmSync(at(result), { recursive: true, force: true });
    if ((await buildHalf()) !== 0) throw new Error(`The ${name} does not build; the reasons are above.`);
    built[name] = hash;
    mkdirSync(at('dist'), { recursive: true });
    writeFileSync(record, JSON.stringify(built));
  }
}

function filesIn(path) {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path).filter((name) => name !== 'node_modules').flatMap((name) => filesIn(join(path, name)));
}

function hashOf(files, seed = '') {
  const hash = createHash('sha256').update(seed);
  for (const file of files.toSorted()) hash.update(file.slice(project.length)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

function readJson(path) {
  return JSON.parse(readFileSync(at(path), 'utf8'));
}
