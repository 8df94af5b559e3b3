import type { Clock } from '../../kernel/clock.js';
import { deadlineIn, withDeadline } from '../../kernel/deadline.js';
import type { OutboxBell } from './outbox-bell.js';
import type { OutboxHandler, OutboxHandlers, OutboxMessage } from './outbox-handlers.js';
import type { ClaimedMessage, OutboxRepository } from './outbox.repository.js';

export interface RelayOptions {
  readonly batchSize: number;
  /** Between two looks when no bell rings, in milliseconds. */
  readonly pollMs: number;
  /** How long one handler may take, in milliseconds. A batch is leased for as long as all of it may take. */
  readonly handlerTimeoutMs: number;
  /** First pause after a failure, doubled with each further one up to the longest, in milliseconds. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  readonly maximumAttempts: number;
}

export const relayDefaults: RelayOptions = {
  batchSize: 20,
  pollMs: 1_000,
  handlerTimeoutMs: 10_000,
  firstPauseMs: 1_000,
  longestPauseMs: 3_600_000,
  maximumAttempts: 12,
};

/** What went wrong, for the log: one line each, no payloads. */
export type ReportFailure = (what: string, error: unknown) => void;

/**
 * Brings messages of the outbox to whoever listens: each at least once, by one relay of any number of processes.
 * Delivered ones are removed, failed ones come again later and are buried in the end; what nobody listens to is done.
 */
export class OutboxRelay {
  private timer: NodeJS.Timeout | null = null;
  private stopListening = (): void => {};
  private running: Promise<void> = Promise.resolve();
  private isRunning = false;
  private isWanted = false;
  private isStopped = false;

  constructor(
    private readonly repository: OutboxRepository,
    private readonly handlers: OutboxHandlers,
    private readonly bell: OutboxBell,
    private readonly clock: Clock,
    private readonly report: ReportFailure,
    private readonly options: RelayOptions = relayDefaults,
  ) {}

  start(): void {
    this.stopListening = this.bell.onRing(() => this.wake());
    this.timer = setInterval(() => this.wake(), this.options.pollMs);
    this.timer.unref();
    this.wake();
  }

  /** Finishes the message at hand and gives the others back. */
  async stop(): Promise<void> {
    this.isStopped = true;
    if (this.timer) clearInterval(this.timer);
    this.stopListening();
    await this.running;
  }

  private wake(): void {
    this.isWanted = true;
    if (this.isRunning || this.isStopped) return;
    this.isRunning = true;
    this.running = this.drain().finally(() => {
      this.isRunning = false;
    });
  }

  private async drain(): Promise<void> {
    try {
      while (this.isWanted && !this.isStopped) {
        this.isWanted = false;
        const count = await this.relayBatch();
        if (count === this.options.batchSize) this.isWanted = true;
      }
    } catch (error) {
      this.report('the outbox cannot be read', error);
    }
  }

  private async relayBatch(): Promise<number> {
    const { batchSize, handlerTimeoutMs } = this.options;
    const claimed = await this.repository.claim(batchSize, this.clock.now(), batchSize * handlerTimeoutMs);
    const waiting = [...claimed];
    while (!this.isStopped) {
      const next = waiting.shift();
      if (next === undefined) break;
      await this.relay(next);
    }
    await this.repository.giveBack(waiting.map(({ message }) => message.id), this.clock.now());
    return claimed.length;
  }

  private async relay({ message, attempt }: ClaimedMessage): Promise<void> {
    try {
      for (const handler of this.handlers.of(message.topic)) await this.hand(handler, message);
    } catch (error) {
      return this.postpone(message, attempt, error);
    }
    await this.repository.remove(message.id);
  }

  private async hand(handler: OutboxHandler, message: OutboxMessage): Promise<void> {
    const deadline = deadlineIn(this.options.handlerTimeoutMs);
    await withDeadline(deadline, handler.handle(message, deadline.signal), () => new Error('the handler took too long'));
  }

  private async postpone(message: OutboxMessage, attempt: number, error: unknown): Promise<void> {
    const now = this.clock.now();
    const failure = (error instanceof Error ? error.message : 'failed').slice(0, 250);
    if (attempt >= this.options.maximumAttempts) {
      this.report(`message ${message.id} (${message.topic}) is given up after ${attempt} attempts`, error);
      return this.repository.bury(message.id, now, failure);
    }
    const pauseMs = Math.min(this.options.longestPauseMs, this.options.firstPauseMs * 2 ** (attempt - 1));
    await this.repository.postpone(message.id, new Date(now.getTime() + pauseMs), failure);
  }
}
