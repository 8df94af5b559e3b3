import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Permission } from '../contract/session.js';
import { createApp } from '../src/app.factory.js';
import { readEnvironment } from '../src/platform/config/environment.js';
import { createLogger } from '../src/platform/logging/index.js';
import { ApiTokensService } from '../src/platform/session/index.js';

export interface TestAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** The JSON of the answer; suites know its shape. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
}

export interface Sending {
  readonly body?: unknown;
  readonly ifMatch?: string;
  readonly permission?: Permission;
}

/** bcrypt at the least cost that the helpdesk reads. */
export const quickHashes = { Settings: { 'Customer::AuthModule::DB::bcryptCost': 9 } };

/** The whole application on a database of a suite, with programs of each permission that may ask it. */
export class TestApp {
  /** Everything that was logged and answered, for whoever looks for secrets in it. */
  readonly told: string[] = [];
  private readonly tokens = new Map<Permission, string>();

  private constructor(
    readonly app: NestFastifyApplication,
    private readonly directory: string,
  ) {}

  /** `configuration`: a file's path, or its content. */
  static async open(databaseUrl: string, configuration: string | object = quickHashes): Promise<TestApp> {
    const directory = mkdtempSync(join(tmpdir(), 'clientele-app-'));
    const file = typeof configuration === 'string' ? configuration : join(directory, 'configuration.json');
    if (typeof configuration !== 'string') writeFileSync(file, JSON.stringify(configuration));
    const environment = readEnvironment({
      DATABASE_URL: databaseUrl,
      CLIENTELE_DATA_DIR: directory,
      CLIENTELE_CONFIG: file,
      NODE_ENV: 'test',
    });
    const log: string[] = [];
    const logger = createLogger('trace', { write: (line) => void log.push(line) });
    const test = new TestApp(await createApp(environment, { logger, clientDirectory: null }), directory);
    test.told.push(...log);
    log.push = (...lines) => test.told.push(...lines);
    for (const permission of ['clientele.read', 'clientele.write', 'clientele.admin'] as const) {
      const { token } = await test.app.get(ApiTokensService).create({ name: permission, permissions: [permission], expiresAt: null });
      test.tokens.set(permission, token);
    }
    return test;
  }

  async send(method: 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'PUT', url: string, sending: Sending = {}): Promise<TestAnswer> {
    const answer = await this.app.inject({
      method,
      url,
      headers: {
        authorization: `Bearer ${this.tokens.get(sending.permission ?? 'clientele.write')}`,
        ...(sending.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(sending.ifMatch === undefined ? {} : { 'if-match': `"${sending.ifMatch}"` }),
      },
      ...(sending.body === undefined ? {} : { payload: JSON.stringify(sending.body) }),
    });
    this.told.push(answer.payload);
    const body: unknown = answer.payload === '' ? null : JSON.parse(answer.payload);
    return { status: answer.statusCode, headers: answer.headers, text: answer.payload, body };
  }

  async close(): Promise<void> {
    await this.app.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
