import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Permission } from '../contract/session.js';
import { createApp, type AppOverrides } from '../src/app.factory.js';
import { readEnvironment } from '../src/platform/config/environment.js';
import { ApiTokensService } from '../src/platform/session/index.js';
import { openTestDatabase, type EngineName } from './databases.js';

export interface TestAppOptions extends AppOverrides {
  /** A fresh database on this engine's server; `embedded` when neither this nor `url` is given. */
  readonly engine?: EngineName;
  /** A database that is there already, and stays. */
  readonly url?: string;
  /** What an operator's configuration file would say, as an object or as text. */
  readonly configuration?: string | Readonly<Record<string, unknown>>;
  /** Further settings of the environment. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>;
  readonly text: string;
  /** The body as JSON. Tests know what they asked for. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
}

export interface TestRequest {
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PATCH' | 'PUT' | 'DELETE' | 'OPTIONS';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON; a text is sent as it is. */
  readonly body?: object | string;
  readonly remoteAddress?: string;
}

export type Ask = (request: TestRequest | string) => Promise<Answer>;

export interface TestApp {
  readonly app: NestFastifyApplication;
  readonly databaseUrl: string;
  /** Requests of nobody. */
  readonly ask: Ask;
  /** Requests of a program whose API token has these permissions. */
  as(permissions: readonly Permission[]): Promise<Ask>;
  close(): Promise<void>;
}

/** The application as the process runs it, on a real database, asked without a port. */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const database = options.url === undefined ? await openTestDatabase(options.engine ?? 'embedded') : null;
  const folder = mkdtempSync(join(tmpdir(), 'clientele-app-'));
  const databaseUrl = options.url ?? database?.url ?? '';
  const end = async (): Promise<void> => {
    await database?.drop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const environment = readEnvironment({
      NODE_ENV: 'test',
      LOG_LEVEL: 'error',
      DATABASE_URL: databaseUrl,
      DATABASE_POOL_SIZE: '5',
      CLIENTELE_DATA_DIR: folder,
      ...configurationIn(folder, options.configuration),
      ...options.environment,
    });
    const { logger, clientDirectory = null } = options;
    const app = await createApp(environment, { clientDirectory, ...(logger === undefined ? {} : { logger }) });
    return {
      app,
      databaseUrl,
      ask: askerOf(app, {}),
      as: async (permissions) => {
        const { token } = await app.get(ApiTokensService).create({ name: `test ${permissions.join(' ')}`, permissions, expiresAt: null });
        return askerOf(app, { authorization: `Bearer ${token}` });
      },
      close: async () => {
        await app.close();
        await end();
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}

function configurationIn(folder: string, configuration: TestAppOptions['configuration']): Record<string, string> {
  if (configuration === undefined) return {};
  const file = join(folder, 'configuration.yaml');
  writeFileSync(file, typeof configuration === 'string' ? configuration : JSON.stringify(configuration));
  return { CLIENTELE_CONFIG: file };
}

/** A way to ask this application with headers that go along every time. */
export function askerOf(app: NestFastifyApplication, always: Readonly<Record<string, string>>): Ask {
  return async (request) => {
    const { method = 'GET', url, headers = {}, query, body, remoteAddress } = typeof request === 'string' ? { url: request } as TestRequest : request;
    const answer = await app.inject({
      method,
      url,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...always, ...headers },
      ...(query === undefined ? {} : { query: { ...query } }),
      ...(body === undefined ? {} : { payload: body }),
      ...(remoteAddress === undefined ? {} : { remoteAddress }),
    });
    const isJson = String(answer.headers['content-type'] ?? '').includes('json');
    return { status: answer.statusCode, headers: answer.headers, text: answer.body, body: isJson ? answer.json() : null };
  };
}
