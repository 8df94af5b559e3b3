import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { deadlineIn } from '../../kernel/deadline.js';
import { DomainError } from '../../kernel/errors.js';
import { Answers, Public, Requires } from '../http/index.js';
import type { Connection } from '../persistence/database.js';
import { MAIN_CONNECTION } from '../persistence/persistence.module.js';
import { Metrics } from './metrics.js';
import { Readiness } from './readiness.js';

const State = z.object({ status: z.enum(['live', 'ready', 'degraded']) });
type State = z.infer<typeof State>;
const databaseDeadlineMs = 2_000;

/** For whoever keeps the process running; tells nothing but that it works. */
@ApiExcludeController()
@Controller()
export class HealthController {
  constructor(
    @Inject(MAIN_CONNECTION) private readonly connection: Connection,
    private readonly metrics: Metrics,
    private readonly readiness: Readiness,
  ) {}

  @Get('health/live')
  @Public('asked by process supervisors; tells no more than that the process answers')
  @Answers(State)
  live(): State {
    return { status: 'live' };
  }

  /** `degraded`: requests are served, but something that some of them need is away. No reason to send them elsewhere. */
  @Get('health/ready')
  @Public('asked by load balancers; tells no more than whether requests can be served')
  @Answers(State)
  async ready(): Promise<State> {
    try {
      await this.connection.query('SELECT 1', [], deadlineIn(databaseDeadlineMs).signal);
    } catch (cause) {
      throw new DomainError('database.unavailable', { cause });
    }
    return { status: this.readiness.isDegraded ? 'degraded' : 'ready' };
  }

  /** By an API token, wherever it is asked from: behind a proxy on this machine everybody comes from loopback. */
  @Get('metrics')
  @Requires('clientele.read')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  measure(): Promise<string> {
    return this.metrics.registry.metrics();
  }
}
