import { Logger } from '@nestjs/common';
import type { BackendFailure, BackendStatus } from '../../contract/backend.js';
import type { Clock } from '../kernel/clock.js';
import { withDeadline, type Deadline } from '../kernel/deadline.js';
import { BackendUnavailable } from '../kernel/errors.js';
import { CircuitBreaker, type Attempt } from './circuit-breaker.js';
import { AmbiguousKey, describeFailure, innermost, StoreFailure } from './store-failure.js';

/** A backend that gave no answer, and since when it gives none. */
export class BackendFailing extends BackendUnavailable {
  constructor(
    backendId: string,
    readonly since: Date,
    cause: unknown,
  ) {
    super(backendId, cause);
  }
}

/** A question that had less time than this and got no answer tells nothing about the backend. */
const fairPatienceMs = 1_000;

/** How one backend is doing, from what it is asked anyway, and whether it may be asked now. */
export class BackendHealth {
  private readonly logger = new Logger('backends');
  private readonly breaker = new CircuitBreaker(this.clock);
  /** One request asks several questions; what failed in it once fails in it at once. */
  private readonly failedUnder = new WeakMap<Deadline, BackendFailing>();
  private trouble: { readonly since: Date; readonly failure: BackendFailure } | null = null;
  private lastAnswer: { readonly at: Date; readonly latencyMs: number | null } | null = null;
  private readonly totals = { answers: 0, failures: 0, milliseconds: 0 };

  constructor(
    readonly backendId: string,
    private readonly clock: Clock,
  ) {}

  /**
   * Asks, unless the backend is left alone for now. Throws BackendFailing. `courtesy`: whoever asks has little patience
   * of its own, so that waiting in vain tells nothing.
   */
  async ask<T>(question: () => Promise<T>, deadline: Deadline, importance: 'needed' | 'courtesy' = 'needed'): Promise<T> {
    const earlier = this.failedUnder.get(deadline);
    if (earlier) throw earlier;
    const attempt = this.breaker.begin();
    if (attempt === null) throw this.failing(new StoreFailure(this.trouble?.failure.code ?? 'unknown', this.trouble?.failure.detail ?? ''));
    const isFair = importance === 'needed' && deadline.remainingMs() >= fairPatienceMs;
    return this.observed(attempt, question, { deadline, isFair });
  }

  /** Asks whatever the pause says: a person wants to know. Throws BackendFailing. */
  askNow<T>(question: () => Promise<T>, deadline: Deadline): Promise<T> {
    return this.observed(this.breaker.beginTrial(), question, { deadline, isFair: true });
  }

  /** Of the start, where nobody asked through here. */
  noteStart(failure: Error | null): void {
    const attempt = this.breaker.beginTrial();
    if (failure === null) this.noteAnswer(attempt, null);
    else this.noteFailure(attempt, failure);
  }

  /** Asks nobody anything. */
  get status(): Omit<BackendStatus, 'certificateEndsAt'> {
    const pausedUntil = this.breaker.pausedUntil;
    return {
      backendId: this.backendId,
      state: pausedUntil !== null ? 'paused' : this.trouble !== null ? 'failing' : this.lastAnswer === null ? 'unknown' : 'ok',
      since: this.trouble?.since.toISOString() ?? null,
      lastFailure: this.trouble?.failure ?? null,
      lastAnswerAt: this.lastAnswer?.at.toISOString() ?? null,
      nextAttemptAt: pausedUntil?.toISOString() ?? null,
      latencyMs: this.lastAnswer?.latencyMs ?? null,
    };
  }

  /** Since the start of the process. */
  get measures(): { readonly answers: number; readonly failures: number; readonly seconds: number } {
    const { answers, failures, milliseconds } = this.totals;
    return { answers, failures, seconds: milliseconds / 1000 };
  }

  private async observed<T>(
    attempt: Attempt,
    question: () => Promise<T>,
    { deadline, isFair }: { readonly deadline: Deadline; readonly isFair: boolean },
  ): Promise<T> {
    const start = performance.now();
    try {
      const value = await withDeadline(deadline, question(), () => new StoreFailure('too-late', 'no answer in time'));
      this.noteAnswer(attempt, performance.now() - start);
      return value;
    } catch (error) {
      const { code } = describeFailure(error);
      if (innermost(error) instanceof AmbiguousKey) this.noteAnswer(attempt, performance.now() - start);
      else if (code === 'too-late' && !isFair) this.breaker.abandoned(attempt);
      else this.noteFailure(attempt, error);
      const failing = this.failing(innermost(error));
      if (code !== 'refused-question') this.failedUnder.set(deadline, failing);
      throw failing;
    }
  }

  private noteAnswer(attempt: Attempt, latencyMs: number | null): void {
    this.breaker.answered(attempt);
    this.lastAnswer = { at: this.clock.now(), latencyMs: latencyMs && Math.round(latencyMs) };
    if (latencyMs !== null) this.totals.answers += 1;
    this.totals.milliseconds += latencyMs ?? 0;
    if (this.trouble === null || this.breaker.pausedUntil !== null) return;
    this.trouble = null;
    this.logger.log(`${this.backendId} answers again`);
  }

  /** A store that refuses a question is there, and may be asked others. */
  private noteFailure(attempt: Attempt, error: unknown): void {
    const failure = describeFailure(error);
    if (failure.code === 'refused-question') this.breaker.answered(attempt);
    else this.breaker.failed(attempt, failure.code === 'refused-account' ? 'account' : 'ordinary');
    this.totals.failures += 1;
    if (this.trouble === null) this.logger.warn(`${this.backendId} does not answer: ${reasonOf(error)}`);
    this.trouble = { since: this.trouble?.since ?? this.clock.now(), failure };
  }

  private failing(cause: unknown): BackendFailing {
    return new BackendFailing(this.backendId, this.trouble?.since ?? this.clock.now(), cause);
  }
}

/** For the log: the inner reason says most. No error of ours holds a secret. */
export function reasonOf(failure: unknown): string {
  const cause = innermost(failure);
  return cause instanceof Error ? cause.message : 'unknown reason';
}
