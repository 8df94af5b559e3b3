import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A zombie has ended but nobody has collected it, as happens in containers without an init process. */
export function stateOf(pid: number): 'running' | 'zombie' | 'gone' {
  if (!Number.isSafeInteger(pid) || pid <= 0) return 'gone';
  const facts = procFacts(pid);
  if (facts !== null) return facts[0] === 'Z' || facts[0] === 'X' ? 'zombie' : 'running';
  try {
    process.kill(pid, 0);
    return 'running';
  } catch (error) {
    // EPERM: it lives, but belongs to somebody else.
    return errorCode(error) === 'EPERM' ? 'running' : 'gone';
  }
}

/** Tells two processes apart that had the same id one after the other; where the system does not say, `-`. */
export function startTimeOf(pid: number): string {
  // Field 22 of /proc/<pid>/stat, counted from the state (field 3), see proc(5).
  return procFacts(pid)?.[19] ?? '-';
}

export function commandLineOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    try {
      return execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8', timeout: 2_000 });
    } catch {
      return '';
    }
  }
}

/** `EEXIST`, `EPERM` and their like, of an error of the system. */
export function errorCode(error: unknown): string | null {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : null;
}

function procFacts(pid: number): string[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}
