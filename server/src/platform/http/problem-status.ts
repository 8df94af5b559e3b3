import type { ProblemCode } from '../../../contract/problem.js';

/** The one place that says which HTTP status a code is answered with, and its title for programmers. */
export const answerByCode: Readonly<Record<ProblemCode, { readonly status: number; readonly title: string }>> = {
  'validation.failed': { status: 422, title: 'Some values were refused' },
  'request.malformed': { status: 400, title: 'The request could not be read' },
  'request.too-large': { status: 413, title: 'The request is too large' },
  'not-found': { status: 404, title: 'There is no such thing here' },
  'method.not-allowed': { status: 405, title: 'The address does not offer this method' },
  'login.taken': { status: 409, title: 'The login belongs to another customer user' },
  'email.taken': { status: 409, title: 'The mail address belongs to another customer user' },
  'customer.taken': { status: 409, title: 'The customer ID belongs to another customer' },
  'customer.name-taken': { status: 409, title: 'The name belongs to another customer' },
  'customer.required': { status: 409, title: 'There is no customer yet' },
  'version.required': { status: 428, title: 'If-Match with the version is required' },
  'version.stale': { status: 412, title: 'The record was changed meanwhile' },
  'backend.read-only': { status: 409, title: 'The backend is read-only' },
  'backend.unavailable': { status: 503, title: 'The backend does not answer' },
  'permission.missing': { status: 403, title: 'A permission is missing' },
  'session.expired': { status: 401, title: 'The session is over or was never there' },
  'session.replayed': { status: 401, title: 'The launch token was used before' },
  'sign-in.refused': { status: 401, title: 'The sign-in was refused' },
  'origin.refused': { status: 403, title: 'The request did not come from our own pages' },
  'limit.exceeded': { status: 429, title: 'Too many requests' },
  'database.unavailable': { status: 503, title: 'The database does not answer' },
  internal: { status: 500, title: 'Something went wrong here' },
};
