import { Logger } from '@nestjs/common';
import type { Clock } from '../kernel/clock.js';

/** Since when each backend does not answer; forgotten with its next answer. One line in the log for each turn. */
export class BackendHealth {
  private readonly logger = new Logger('backends');
  private readonly failedSince = new Map<string, Date>();

  constructor(private readonly clock: Clock) {}

  noteFailure(backendId: string, failure: unknown): Date {
    const known = this.failedSince.get(backendId);
    if (known) return known;
    const since = this.clock.now();
    this.failedSince.set(backendId, since);
    this.logger.warn(`${backendId} does not answer: ${reasonOf(failure)}`);
    return since;
  }

  noteAnswer(backendId: string): void {
    if (this.failedSince.delete(backendId)) this.logger.log(`${backendId} answers again`);
  }
}

/** The inner reason says most: the outer error only names the backend. No error of ours holds a secret. */
export function reasonOf(failure: unknown): string {
  if (!(failure instanceof Error)) return 'unknown reason';
  return failure.cause instanceof Error ? failure.cause.message : failure.message;
}
