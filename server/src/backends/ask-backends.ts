import { BackendUnavailable, type DomainError } from '../kernel/errors.js';
import type { Backend } from './backend.js';
import { BackendFailing } from './backend-health.js';

/** What one backend said, or that it failed, and since when it does. */
export type Answer<T> =
  | { readonly backend: Backend; readonly value: T }
  | { readonly backend: Backend; readonly failure: DomainError; readonly since: Date };

/** Asks all at once; each answer or failure comes by itself, in the order of the backends. None of them rejects. */
export function askBackends<T>(backends: readonly Backend[], question: (backend: Backend) => Promise<T>): Promise<Answer<T>>[] {
  return backends.map(async (backend) => {
    try {
      return { backend, value: await question(backend) };
    } catch (error) {
      if (error instanceof BackendFailing) return { backend, failure: error, since: error.since };
      const failure = error instanceof BackendUnavailable ? error : new BackendUnavailable(backend.id, error);
      // Not of the backend but of a layer around it, which keeps no record of its own.
      return { backend, failure, since: new Date() };
    }
  });
}

/** Throws the first failure: for questions that only all of them together can answer. */
export function requireAnswers(answers: readonly Answer<unknown>[]): void {
  for (const answer of answers) {
    if ('failure' in answer) throw answer.failure;
  }
}
