import type { Problem } from '../../../server/contract/problem.js';

/** The server refused, and said why. */
export class ApiFailure extends Error {
  constructor(readonly problem: Problem) {
    super(problem.title);
    this.name = 'ApiFailure';
  }
}

/** No answer came at all: the network, a proxy, or a server that is just starting again. */
export class ConnectionFailure extends Error {
  constructor(cause: unknown) {
    super('no answer', { cause });
    this.name = 'ConnectionFailure';
  }
}
