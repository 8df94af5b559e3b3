import type { FieldDescription } from '../../../server/contract/field.js';
import type { Issue, Problem, ProblemCode } from '../../../server/contract/problem.js';
import { ApiFailure, ConnectionFailure } from '../api/failures.js';

/** A text of the catalogue with what belongs into it. */
export interface Sentence {
  readonly key: string;
  readonly params: Readonly<Record<string, string | number | boolean>>;
}

/** What a refusal says, put where it belongs: at its fields, and the rest above the form. */
export interface Refusal {
  readonly byVariable: Readonly<Record<string, readonly Sentence[]>>;
  readonly general: readonly Sentence[];
}

export const noRefusal: Refusal = { byVariable: {}, general: [] };

/** The reasons there is a sentence for; any other becomes "this value is not accepted". */
export const issueCodes = [
  'characters',
  'combining-marks',
  'cursor',
  'customer.invalid',
  'customer.unknown',
  'duplicate-key',
  'email.configuration',
  'email.dns',
  'email.mx',
  'email.syntax',
  'forbidden-key',
  'invalid',
  'invalid-format',
  'invalid-type',
  'login.mixed-script',
  'not-allowed',
  'password.equals-login',
  'password.too-long',
  'password.too-short',
  'read-only',
  'required',
  'search-required',
  'service.below-itself',
  'service.path-too-long',
  'service.separator',
  'taken',
  'too-large',
  'too-long',
  'too-long-for-table',
  'too-short',
  'too-small',
  'relation-changed',
  'unknown',
  'unknown-field',
  'use-rename',
] as const;

/** The field a conflict is about; what is not here is about the record as a whole. */
const propertyOfCode: Partial<Record<ProblemCode, string>> = {
  'login.taken': 'login',
  'email.taken': 'email',
  'customer.taken': 'customerId',
  'customer.name-taken': 'name',
  'customer.required': 'customerId',
};

export function problemSentence(failure: unknown, backendTitle: (backendId: string) => string): Sentence {
  if (failure instanceof ConnectionFailure) return { key: 'problems.connection', params: {} };
  if (!(failure instanceof ApiFailure)) return { key: 'problems.code.internal', params: { id: '' } };
  const { code, backendId, correlationId } = failure.problem;
  const backend = backendId === undefined ? '' : backendTitle(backendId);
  if (code === 'backend.unavailable' && backend === '') return { key: 'problems.code.database.unavailable', params: {} };
  return { key: `problems.code.${code}`, params: { backend, id: correlationId } };
}

export function issueSentence(issue: Issue): Sentence {
  const known = issueCodes.find((code) => code === issue.code);
  return { key: `problems.issue.${known ?? 'invalid'}`, params: issue.params ?? {} };
}

export function placeRefusal(
  failure: unknown,
  fields: readonly FieldDescription[],
  backendTitle: (backendId: string) => string,
): Refusal {
  if (!(failure instanceof ApiFailure)) return { byVariable: {}, general: [problemSentence(failure, backendTitle)] };

  const { problem } = failure;
  const property = propertyOfCode[problem.code];
  const own = property === undefined ? undefined : fields.find((field) => field.property === property);
  if (own !== undefined) return { byVariable: { [own.variable]: [problemSentence(failure, backendTitle)] }, general: [] };
  if (problem.issues.length === 0) return { byVariable: {}, general: [problemSentence(failure, backendTitle)] };
  return placeIssues(problem, fields);
}

function placeIssues({ issues }: Pick<Problem, 'issues'>, fields: readonly FieldDescription[]): Refusal {
  const byVariable: Record<string, Sentence[]> = {};
  const general: Sentence[] = [];
  for (const issue of issues) {
    const field = fields.find(({ property, variable }) => issue.path === (property ?? `fields.${variable}`));
    if (field === undefined) general.push({ key: 'problems.elsewhere', params: { path: issue.path } });
    else (byVariable[field.variable] ??= []).push(issueSentence(issue));
  }
  return { byVariable, general };
}

/** What the form knows before it asks: required fields that are empty, and texts that are too long. */
export function refuseLocally(fields: readonly FieldDescription[], valueOf: (field: FieldDescription) => unknown): Refusal {
  const issues: Issue[] = fields.flatMap((field) => {
    const text = String(valueOf(field) ?? '');
    const path = field.property ?? `fields.${field.variable}`;
    if (field.required && text.trim() === '') return [{ path, code: 'required' }];
    const isTooLong = field.maxLength !== null && [...text].length > field.maxLength;
    return isTooLong ? [{ path, code: 'too-long', params: { max: field.maxLength ?? 0 } }] : [];
  });
  return placeIssues({ issues }, fields);
}

export function isRefused(refusal: Refusal): boolean {
  return refusal.general.length > 0 || Object.keys(refusal.byVariable).length > 0;
}
