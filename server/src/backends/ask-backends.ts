import { withDeadline, type Deadline } from '../kernel/deadline.js';
import { BackendUnavailable, DomainError } from '../kernel/errors.js';
import type { Backend } from './backend.js';
import type { BackendHealth } from './backend-health.js';

/** What one backend said, or that it failed, and since when it does. */
export type Answer<T> =
  | { readonly backend: Backend; readonly value: T }
  | { readonly backend: Backend; readonly failure: DomainError; readonly since: Date };

/** Asks all at once; each answer or failure comes by itself, in the order of the backends. None of them rejects. */
export function askBackends<T>(
  backends: readonly Backend[],
  question: (backend: Backend) => Promise<T>,
  { deadline, health }: { readonly deadline: Deadline; readonly health: BackendHealth },
): Promise<Answer<T>>[] {
  return backends.map(async (backend) => {
    try {
      const value = await withDeadline(deadline, question(backend), () => new BackendUnavailable(backend.id, new Error('no answer in time')));
      health.noteAnswer(backend.id);
      return { backend, value };
    } catch (error) {
      const failure = error instanceof BackendUnavailable ? error : new BackendUnavailable(backend.id, error);
      return { backend, failure, since: health.noteFailure(backend.id, failure) };
    }
  });
}

/** Throws the first failure: for questions that only all of them together can answer. */
export function requireAnswers(answers: readonly Answer<unknown>[]): void {
  for (const answer of answers) {
    if ('failure' in answer) throw answer.failure;
  }
}
