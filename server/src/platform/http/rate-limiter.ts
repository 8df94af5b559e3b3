import { Inject, Injectable } from '@nestjs/common';
import { ThrottlerStorage } from '@nestjs/throttler';
import { DomainError } from '../../kernel/errors.js';

/** So many per minute; with `blockSeconds`, whoever goes on is kept out for that long. */
export interface RateLimit {
  readonly name: string;
  readonly perMinute: number;
  readonly blockSeconds?: number;
}

/** Answered 429 with `Retry-After`. */
export class LimitExceeded extends DomainError {
  constructor(readonly retryAfterSeconds: number) {
    super('limit.exceeded');
  }
}

@Injectable()
export class RateLimiter {
  constructor(@Inject(ThrottlerStorage) private readonly storage: ThrottlerStorage) {}

  /** Counts one use of `limit` by `who`; throws `LimitExceeded` when it is one too many. */
  async take(limit: RateLimit, who: string): Promise<void> {
    const block = (limit.blockSeconds ?? 0) * 1000;
    const record = await this.storage.increment(`${limit.name}:${who}`, 60_000, limit.perMinute, block, limit.name);
    if (record.isBlocked) throw new LimitExceeded(Math.max(1, record.timeToBlockExpire));
  }
}
