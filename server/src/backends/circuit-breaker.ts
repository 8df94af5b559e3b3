import type { Clock } from '../kernel/clock.js';

/** `account`: the store refused the account it was asked with, and may lock it when that happens often. */
export type TroubleKind = 'ordinary' | 'account';

/** One question on its way. */
export interface Attempt {
  /** What was known when it was asked: news are told once, by the first who brings them. */
  readonly turn: number;
}

/** One lost connection or one heavy question is no trouble yet; with three in a row waiting people waited thrice in vain. */
const mostFailures = 3;

/** After each failed trial the pause grows by the factor, up to the longest. */
const pauses: Readonly<Record<TroubleKind, { readonly firstMs: number; readonly factor: number; readonly longestMs: number }>> = {
  // A directory that is back is noticed within half a minute, and one that is down costs one question in that time.
  ordinary: { firstMs: 5_000, factor: 2, longestMs: 30_000 },
  // After 0, 1, 5, 20, 35 … minutes: at most four attempts in any half hour, where directories commonly lock after five.
  account: { firstMs: 60_000, factor: 4, longestMs: 15 * 60_000 },
};

/**
 * Whether a backend may be asked. Closed: everybody asks. Open, after failures in a row: nobody does until the pause is
 * over. Then one question is let through, and its answer closes the breaker for all; its failure begins a longer pause.
 */
export class CircuitBreaker {
  private turn = 0;
  private failures = 0;
  private trials = 0;
  private pausedUntilMs: number | null = null;
  private trial: Attempt | null = null;

  constructor(private readonly clock: Clock) {}

  /** The end of the pause, also while the trial after it is on its way; `null`: closed. */
  get pausedUntil(): Date | null {
    return this.pausedUntilMs === null ? null : new Date(this.pausedUntilMs);
  }

  /** `null`: not now. */
  begin(): Attempt | null {
    if (this.pausedUntilMs === null) return { turn: this.turn };
    if (this.trial !== null || this.clock.now().getTime() < this.pausedUntilMs) return null;
    return this.beginTrial();
  }

  /** At once, whatever the pause says: a person wants to know. */
  beginTrial(): Attempt {
    this.trial = { turn: this.turn };
    return this.trial;
  }

  /** While open, only what was asked since then closes it: an older connection may live on where a new one is refused. */
  answered(attempt: Attempt): void {
    this.release(attempt);
    if (this.pausedUntilMs !== null && attempt.turn !== this.turn) return;
    if (this.failures > 0) this.turn += 1;
    this.failures = 0;
    this.trials = 0;
    this.pausedUntilMs = null;
  }

  failed(attempt: Attempt, trouble: TroubleKind): void {
    this.release(attempt);
    if (attempt.turn !== this.turn) return;
    this.turn += 1;
    this.failures += 1;
    if (trouble === 'ordinary' && this.pausedUntilMs === null && this.failures < mostFailures) return;
    const { firstMs, factor, longestMs } = pauses[trouble];
    this.pausedUntilMs = this.clock.now().getTime() + Math.min(longestMs, firstMs * factor ** this.trials);
    this.trials += 1;
  }

  /** It ended without telling anything about the backend. */
  abandoned(attempt: Attempt): void {
    this.release(attempt);
  }

  private release(attempt: Attempt): void {
    if (this.trial === attempt) this.trial = null;
  }
}
