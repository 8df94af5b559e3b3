import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** Who a database server runs as: PostgreSQL refuses to be root, so root hands it to `nobody`. Empty: as ourselves. */
export type ServerUser = { readonly uid: number; readonly gid: number } | Record<string, never>;

const stopPatience = 20_000;

export interface GuardedServer {
  /** Why the process ended, or `null` while it runs. */
  ended(): string | null;
  stop(): Promise<void>;
}

/**
 * Keeps a pipe to us on its descriptor 3. When we are gone, even by kill -9, reading it ends and the server is told to
 * shut down in order. It watches the other way too: it ends as soon as the server does.
 * The signal is repeated, as a server that has only just been started may not listen yet.
 */
const guardScript = (signal: string): string => `
"$0" "$@" </dev/null 3<&- & server=$!
( read -r _ <&3; while kill -${signal} $server 2>/dev/null; do sleep 0.2; done ) & reader=$!
exec 3<&-
wait $server; status=$?
kill $reader 2>/dev/null
exit $status`;

/** Starts a server that never outlives this process, in its own process group: Ctrl+C in the terminal is ours to handle. */
export function spawnGuarded(
  command: string,
  args: readonly string[],
  options: { logFile: string; user: ServerUser; stopSignal: 'INT' | 'TERM'; env?: NodeJS.ProcessEnv },
): GuardedServer {
  const log = openSync(options.logFile, 'a', 0o600);
  const guard = spawn('/bin/sh', ['-c', guardScript(options.stopSignal), command, ...args], {
    ...options.user,
    cwd: '/',
    detached: true,
    env: options.env ?? process.env,
    stdio: ['ignore', 'ignore', log, 'pipe'],
  });
  closeSync(log);

  let reason: string | null = null;
  const gone = new Promise<void>((resolve) => {
    const end = (text: string): void => {
      reason ??= text;
      resolve();
    };
    guard.once('error', (error) => end(error.message));
    guard.once('exit', (code, signal) => end(signal === null ? `exit code ${code}` : `signal ${signal}`));
  });

  const leash = guard.stdio[3];
  guard.unref();
  if (leash instanceof Socket) {
    leash.on('error', () => {});
    leash.unref();
  }
  return {
    ended: () => reason,
    stop: async () => {
      if (reason === null) guard.ref();
      if (leash instanceof Socket) leash.destroy();
      await Promise.race([gone, pause(stopPatience, undefined, { ref: false })]);
    },
  };
}

/** The last lines of a log, for the error that says why a server did not come up. */
export function tailOf(logFile: string, lines = 15): string {
  try {
    return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '(no log was written)';
  }
}
