import { Injectable } from '@nestjs/common';
import type { BackendCount, BackendList, BackendProbe, BackendStatus, BackendStatusList } from '../../contract/backend.js';
import { deadlineIn } from '../kernel/deadline.js';
import { BackendUnavailable } from '../kernel/errors.js';
import { RateLimiter } from '../platform/http/index.js';
import type { RecordQuery } from './backend.js';
import { BackendRegistry } from './backend-registry.js';
import { describeBackend } from './describe-backend.js';
import { countCap } from './directory-page.js';
import { probeBackend } from './probe-backend.js';

/** A person waits for these. */
const countPatienceMs = 3_000;
const retryPatienceMs = 5_000;
/** Of all people together: each probe tries the account once. */
const probeLimit = { name: 'backend-probe', perMinute: 3 };
/** All people who read the same banner press its button. */
const retryLimit = { name: 'backend-retry', perMinute: 20 };

const everybody: RecordQuery = { text: null, customerId: null, email: null, validity: 'all' };

/** What the pages say about backends. */
@Injectable()
export class BackendsService {
  constructor(
    private readonly registry: BackendRegistry,
    private readonly limiter: RateLimiter,
  ) {}

  list(): BackendList {
    return { items: this.registry.backends.map(describeBackend) };
  }

  statuses(): BackendStatusList {
    return { items: [...this.registry.statuses] };
  }

  async count(backendId: string): Promise<BackendCount> {
    const { backend } = this.registry.watchedBackend(backendId);
    if (!backend.traits.isCountable) return { backendId, count: null };
    try {
      const counted = await backend.count(everybody, countCap, deadlineIn(countPatienceMs));
      return { backendId, count: { value: Math.min(counted, countCap), capped: counted > countCap } };
    } catch (error) {
      if (error instanceof BackendUnavailable) return { backendId, count: null };
      throw error;
    }
  }

  async probe(backendId: string): Promise<BackendProbe> {
    const watched = this.registry.watchedBackend(backendId);
    await this.limiter.take(probeLimit, backendId);
    return probeBackend(watched);
  }

  /** Asks a backend that is left alone, before its pause is over. Not with an account that is refused: it would be locked. */
  async retry(backendId: string): Promise<BackendStatus> {
    const { backend, health } = this.registry.watchedBackend(backendId);
    if (health.status.lastFailure?.code !== 'refused-account') {
      await this.limiter.take(retryLimit, backendId);
      await this.ask(() => backend.probe(deadlineIn(retryPatienceMs)));
    }
    return this.registry.statusOf(backendId);
  }

  /** The failure is in the status. */
  private async ask(question: () => Promise<void>): Promise<void> {
    try {
      await question();
    } catch (error) {
      if (!(error instanceof BackendUnavailable)) throw error;
    }
  }
}
