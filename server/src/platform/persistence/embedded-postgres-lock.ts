import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode, startTimeOf, stateOf } from './embedded-postgres-processes.js';

export class DirectoryInUse extends Error {
  constructor(directory: string, pid: string) {
    super(
      `The data directory ${directory} is in use by process ${pid}. ` +
        'Stop that one first, or set CLIENTELE_DATA_DIR to another directory.',
    );
    this.name = new.target.name;
  }
}

/**
 * One process owns a data directory. The owner is known by its process id and the moment it started, so an id that the
 * system has given away again after a crash does not block the next start.
 */
export function takeOwnership(directory: string): { release(): void } {
  const file = join(directory, 'owner');
  const claim = `${process.pid} ${startTimeOf(process.pid)}\n`;

  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      writeFileSync(file, claim, { flag: 'wx', mode: 0o600 });
      return { release: () => rmSync(file, { force: true }) };
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
    const found = readClaim(file);
    if (isAlive(found)) {
      throw new DirectoryInUse(directory, found.split(' ')[0] ?? '');
    }
    removeClaim(file, found);
  }
  throw new Error(`The data directory ${directory} is being taken by another process. Try again.`);
}

function readClaim(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function isAlive(claim: string): boolean {
  const [pid = '', started = ''] = claim.trim().split(' ');
  return stateOf(Number(pid)) === 'running' && startTimeOf(Number(pid)) === started;
}

/** Moved away before it is removed: of two starts that find the same stale claim, the slower must not remove the faster's new one. */
function removeClaim(file: string, stale: string): void {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  if (readClaim(aside) !== stale) linkSync(aside, file);
  rmSync(aside, { force: true });
}
