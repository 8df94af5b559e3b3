import { z } from 'zod';

/** Every code a problem document can carry. The list is closed: a new refusal gets its code here. */
export const problemCodes = [
  'validation.failed',
  'request.malformed',
  'request.too-large',
  'not-found',
  'method.not-allowed',
  'login.taken',
  'email.taken',
  'customer.taken',
  'customer.name-taken',
  'customer.required',
  'group.name-taken',
  'service.name-taken',
  'relation.changed',
  'undo.expired',
  'undo.changed',
  'host.read-only',
  'job.finished',
  'job.running',
  'job.must-finish',
  'rename.running',
  'version.required',
  'version.stale',
  'backend.read-only',
  'backend.unavailable',
  'permission.missing',
  'session.expired',
  'session.replayed',
  'sign-in.refused',
  'origin.refused',
  'limit.exceeded',
  'database.unavailable',
  'internal',
] as const;
export const ProblemCode = z.enum(problemCodes);
export type ProblemCode = z.infer<typeof ProblemCode>;

/**
 * One field that was refused. `path` is the place in the request body or query, joined by dots (`fields.UserPhone`);
 * `code` is the reason, `params` what a sentence about it needs (`{ max: 150 }`).
 */
export const Issue = z.object({
  path: z.string(),
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});
export type Issue = z.infer<typeof Issue>;

/** RFC 9457 problem document. Texts for people are the client's; `title` is for logs and programmers. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: ProblemCode,
    issues: z.array(Issue),
    correlationId: z.string(),
    /** With `version.stale`: the record as it is stored now. */
    current: z.unknown().optional(),
    /** With `backend.unavailable` and `backend.read-only`: the backend meant. */
    backendId: z.string().optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;
