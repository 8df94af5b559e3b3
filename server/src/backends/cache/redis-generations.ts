import { createHmac, randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { Redis } from 'ioredis';
import { deadlineIn, withDeadline } from '../../kernel/deadline.js';
import type { Generations } from './generations.js';

/** A question to Redis takes no longer: the backend itself can be asked instead. */
const patienceMs = 300;
/** After a question without an answer none is asked for this long. */
const pauseMs = 2_000;
const longestReconnectMs = 2_000;

/**
 * Of all processes that share a Redis. It holds one random word per backend and nothing of anybody; a word that is lost
 * is a new generation. While Redis does not answer no generation is known, and nothing remembered is used. What this
 * process wrote meanwhile is made good before it uses its own memory again; others may not hear of it until their
 * memory is over.
 */
export class RedisGenerations implements Generations {
  private readonly logger = new Logger('cache');
  private readonly redis: Redis;
  private readonly prefix: string;
  /** What this process wrote and Redis has not heard of, each with the mark of the last write. */
  private readonly owed = new Map<string, string>();
  private silentUntil = 0;
  private isFailing = false;

  /** `secretKey` is the same in all processes of an installation: several of them may share a Redis. */
  constructor(url: string, secretKey: string) {
    this.prefix = `clientele:${createHmac('sha256', secretKey).update('cache').digest('hex').slice(0, 16)}:generation:`;
    this.redis = new Redis(url, {
      lazyConnect: true,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      connectTimeout: longestReconnectMs,
      retryStrategy: (attempt) => Math.min(50 * attempt, longestReconnectMs),
      reconnectOnError: () => false,
    });
    this.redis.on('error', (error) => this.noteFailure(error));
  }

  /** The first connection is waited for a moment; a Redis that is not there stops nobody. */
  async open(): Promise<void> {
    await withDeadline(deadlineIn(longestReconnectMs), this.redis.connect(), noAnswer).catch((error: unknown) => this.noteFailure(error));
  }

  async current(backendId: string): Promise<string | null> {
    return this.ask(async () => {
      if (this.owed.has(backendId)) await this.begin(backendId);
      const key = this.prefix + backendId;
      const known = await this.redis.get(key);
      if (known !== null) return known;
      await this.redis.set(key, randomUUID(), 'NX');
      return this.redis.get(key);
    });
  }

  async advance(backendId: string): Promise<void> {
    this.owed.set(backendId, randomUUID());
    await this.ask(() => this.begin(backendId));
  }

  async close(): Promise<void> {
    this.redis.disconnect();
  }

  private async begin(backendId: string): Promise<null> {
    const mark = this.owed.get(backendId);
    await this.redis.set(this.prefix + backendId, randomUUID());
    if (this.owed.get(backendId) === mark) this.owed.delete(backendId);
    return null;
  }

  private async ask<T>(question: () => Promise<T>): Promise<T | null> {
    if (this.redis.status !== 'ready' || performance.now() < this.silentUntil) return null;
    try {
      const answer = await withDeadline(deadlineIn(patienceMs), question(), noAnswer);
      if (this.isFailing) this.logger.log('Redis answers again');
      this.isFailing = false;
      return answer;
    } catch (error) {
      this.silentUntil = performance.now() + pauseMs;
      this.noteFailure(error);
      return null;
    }
  }

  /** Said once, not with each attempt; the address may hold a password, and no message of Redis is passed on. */
  private noteFailure(error: unknown): void {
    if (this.isFailing) return;
    this.isFailing = true;
    const reason = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'no answer';
    this.logger.warn(`Redis does not answer (${reason}): nothing is served from the cache meanwhile`);
  }
}

function noAnswer(): Error {
  return new Error('no answer in time');
}
