import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Permission } from '../contract/session.js';
import { createLogger } from '../src/platform/logging/index.js';
import { startTestApp, type Answer, type Ask, type TestApp, type TestAppOptions } from './app.js';

/** bcrypt at the least cost that the helpdesk reads. */
export const quickHashes = { Settings: { 'Customer::AuthModule::DB::bcryptCost': 9 } };

export interface Sending {
  readonly body?: object;
  readonly ifMatch?: string;
  readonly permission?: Permission;
}

/** A program at work with the API of an application on a suite's database; it may write unless a request says otherwise. */
export class Program {
  private constructor(
    private readonly test: TestApp,
    private readonly asks: ReadonlyMap<Permission, Ask>,
    /** All that was logged and answered, for whoever looks for secrets in it. */
    readonly told: string[],
  ) {}

  static async open(url: string, configuration: TestAppOptions['configuration'] = quickHashes): Promise<Program> {
    const told: string[] = [];
    const logger = createLogger('trace', { write: (line) => void told.push(line) });
    const test = await startTestApp({ url, configuration, logger });
    const asks = new Map<Permission, Ask>();
    for (const permission of ['clientele.read', 'clientele.write', 'clientele.admin'] as const) {
      asks.set(permission, await test.as([permission]));
    }
    return new Program(test, asks, told);
  }

  get app(): NestFastifyApplication {
    return this.test.app;
  }

  async send(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, { body, ifMatch, permission = 'clientele.write' }: Sending = {}): Promise<Answer> {
    const ask = this.asks.get(permission) ?? this.test.ask;
    const answer = await ask({
      method,
      url,
      ...(ifMatch === undefined ? {} : { headers: { 'if-match': `"${ifMatch}"` } }),
      ...(body === undefined ? {} : { body }),
    });
    this.told.push(answer.text);
    return answer;
  }

  close(): Promise<void> {
    return this.test.close();
  }
}
