import { createHash } from 'node:crypto';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import type { ServerUser } from './embedded-postgres-guard.js';

const systems: Partial<Record<NodeJS.Platform, string>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' };

const Links = z.array(z.object({ source: z.string(), target: z.string() }));
const Package = z.object({ version: z.string() });

/** Where root keeps what the server's own user must reach when the project lies in a closed folder such as /root. */
const openStateDirectory = '/var/lib/clientele';

export function serverUser(): ServerUser {
  if (process.getuid?.() !== 0) return {};
  const line = readFileSync('/etc/passwd', 'utf8').split('\n').find((entry) => entry.startsWith('nobody:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  if (uid === undefined || gid === undefined) {
    throw new Error('PostgreSQL refuses to run as root and there is no user "nobody" to run it as. Start as another user.');
  }
  return { uid: Number(uid), gid: Number(gid) };
}

/** The folder `bin` of the PostgreSQL that came with the packages, in a place where `user` may run it. */
export function findBinaries(user: ServerUser): string {
  const name = `@embedded-postgres/${systems[process.platform] ?? process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for this machine (package ${name} is not installed). ` +
        'Set DATABASE_URL to a PostgreSQL, MariaDB or MySQL database.',
      { cause },
    );
  }
  const native = join(dirname(entry), '..', 'native');
  makeLinks(native);
  return join(isReachable(native, user) ? native : copyToOpenPlace(native), 'bin');
}

/**
 * Where the data is: in the directory that was asked for when the server's user can reach it, otherwise in a stable one
 * of its own in the open. Data that is already there is never left behind for an empty database elsewhere.
 */
export function placeFor(dataDirectory: string, user: ServerUser): string {
  const wanted = resolve(dataDirectory);
  const digest = createHash('sha256').update(wanted).digest('hex').slice(0, 12);
  const open = join(openStateDirectory, `${basename(wanted)}-${digest}`);
  if (existsSync(join(wanted, 'cluster'))) {
    refuseForeignData(wanted, user);
    return wanted;
  }
  if (user.uid === undefined) return wanted;
  return isReachable(dirname(wanted), user) && !existsSync(join(open, 'cluster')) ? wanted : open;
}

function refuseForeignData(directory: string, user: ServerUser): void {
  if (user.uid === undefined) return;
  const owner = statSync(join(directory, 'cluster')).uid;
  if (owner !== user.uid) {
    throw new Error(`The data in ${directory} belongs to user id ${owner}, not to "nobody". Start as that user, not as root.`);
  }
  if (!isReachable(dirname(directory), user)) {
    throw new Error(`The user "nobody" can no longer reach ${directory}. Allow others to pass through its parent folders (chmod o+x).`);
  }
}

/** Makes a directory that only `user` (and root) can enter. */
export function makePrivateDirectory(directory: string, user: ServerUser): void {
  mkdirSync(directory, { recursive: true });
  if (user.uid !== undefined && user.gid !== undefined) chownSync(directory, user.uid, user.gid);
  chmodSync(directory, 0o700);
}

function isReachable(path: string, user: ServerUser): boolean {
  if (user.uid === undefined) return true;
  for (let folder = resolve(path); folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(folder) && (statSync(folder).mode & 0o001) === 0) return false;
  }
  return true;
}

/** Install scripts that would make these links are switched off on many machines (npm 12, --ignore-scripts). */
function makeLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of Links.parse(readJson(list))) {
    const link = join(native, '..', target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(basename(source), link);
    } catch (error) {
      // Two starts at once: the other one made it.
      if (!existsSync(link)) throw error;
    }
  }
}

function copyToOpenPlace(native: string): string {
  const { version } = Package.parse(readJson(join(native, '..', 'package.json')));
  const target = join(openStateDirectory, `postgresql-${version}`);
  if (existsSync(target)) return target;
  const half = `${target}.${process.pid}`;
  mkdirSync(openStateDirectory, { recursive: true, mode: 0o755 });
  cpSync(native, half, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(half, target);
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
  return target;
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
