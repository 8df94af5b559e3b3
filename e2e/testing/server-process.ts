import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Another build than the project's own can be tried: its folder holds `package.json` and `dist`. */
const build = process.env['CLIENTELE_TEST_BUILD'] ?? root;
const builtServer = join(build, 'dist/server/src/main.js');
const builtPages = ['index.html', 'embedded-host.html'].map((page) => join(build, 'dist/client', page));
/** A configuration for stories that need many people and no strong hashes. */
export const quickHashes = fileURLToPath(new URL('quick-hashes.yaml', import.meta.url));
const startDeadlineMs = 45_000;

export interface ServerOptions {
  /** Without one, the embedded PostgreSQL in a temporary folder. */
  readonly databaseUrl?: string;
  /** Path of an operator's configuration file. */
  readonly configuration?: string;
  /** A folder to start on again; otherwise a fresh one that ends with the server. */
  readonly dataDirectory?: string;
  /** Stay at the same address after a restart. */
  readonly port?: number;
}

/** The built server as its users run it: a process of its own. */
export interface RunningServer {
  readonly origin: string;
  readonly port: number;
  readonly dataDirectory: string;
  /** The one-time link of its ready line; `null` when there is an agent with a password already. */
  readonly signInLink: string | null;
  log(): string;
  /** Ends the process and keeps its data. */
  stop(): Promise<void>;
  /** Ends the process and removes what it stored in a fresh folder. */
  end(): Promise<void>;
}

export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  for (const file of [builtServer, ...builtPages]) {
    if (!existsSync(file)) throw new Error(`${file} is missing: run \`npm run build\` first (\`npm test\` does)`);
  }
  const port = options.port ?? (await freePort());
  const origin = `http://127.0.0.1:${port}`;
  const dataDirectory = options.dataDirectory ?? (await freshFolder());
  const child = spawn(process.execPath, [builtServer], {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(port),
      CLIENTELE_BASE_URL: origin,
      CLIENTELE_DATA_DIR: dataDirectory,
      ...(options.databaseUrl === undefined ? {} : { DATABASE_URL: options.databaseUrl }),
      ...(options.configuration === undefined ? {} : { CLIENTELE_CONFIG: options.configuration }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const written: string[] = [];
  child.stdout.on('data', (text: Buffer) => written.push(text.toString()));
  child.stderr.on('data', (text: Buffer) => written.push(text.toString()));
  const log = (): string => written.join('');
  await untilReady(child, origin, log);
  return {
    origin,
    port,
    dataDirectory,
    signInLink: /https?:\/\/\S+\/embedded-host\/sign-in#link=[\w-]+/.exec(log())?.[0] ?? null,
    log,
    stop: () => endProcess(child),
    end: async () => {
      await endProcess(child);
      if (options.dataDirectory === undefined) await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}

async function untilReady(child: ChildProcess, origin: string, log: () => string): Promise<void> {
  const deadline = Date.now() + startDeadlineMs;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode} instead of starting:\n${log()}`);
    if (log().includes(origin) && (await isAnswering(`${origin}/health/ready`))) return;
    await pause(50);
  }
  await endProcess(child);
  throw new Error(`The server was not ready within ${startDeadlineMs} ms:\n${log()}`);
}

async function isAnswering(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 15_000);
  await ended;
  clearTimeout(timer);
}

/** The database's own user passes through it when the tests run as root. */
async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'clientele-e2e-'));
  await chmod(folder, 0o711);
  return folder;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
