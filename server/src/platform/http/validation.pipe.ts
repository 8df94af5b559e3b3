import type { StandardSchemaV1 } from '@standard-schema/spec';
import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import type { z } from 'zod';
import type { Issue } from '../../../contract/problem.js';
import { ValidationFailed } from '../../kernel/errors.js';

/** Checks whatever a route declares a schema for, and answers what is wrong with paths and codes, never with texts. */
@Injectable()
export class ValidationPipe implements PipeTransform {
  async transform(value: unknown, { schema, type, data }: ArgumentMetadata): Promise<unknown> {
    if (schema === undefined || type === 'custom') return value;
    const result = await schema['~standard'].validate(value);
    if (result.issues === undefined) return result.value;
    throw new ValidationFailed(result.issues.flatMap((issue) => toIssues(issue, value, data === undefined ? [] : [data])));
  }
}

function toIssues(issue: StandardSchemaV1.Issue, input: unknown, prefix: string[]): Issue[] {
  const keys = (issue.path ?? []).map((segment) => String(typeof segment === 'object' ? segment.key : segment));
  const path = [...prefix, ...keys].join('.');
  if (!isZodIssue(issue)) return [{ path, code: 'invalid' }];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...prefix, ...keys, key].join('.'), code: 'unknown-field' }));
  }
  if (valueAt(input, keys) === undefined) return [{ path, code: 'required' }];
  return [{ path, ...describe(issue) }];
}

function describe(issue: z.core.$ZodIssue): Omit<Issue, 'path'> {
  switch (issue.code) {
    case 'invalid_type':
      return { code: 'invalid-type', params: { expected: issue.expected } };
    case 'too_big':
      return { code: issue.origin === 'string' ? 'too-long' : 'too-large', params: { max: Number(issue.maximum) } };
    case 'too_small':
      return { code: issue.origin === 'string' ? 'too-short' : 'too-small', params: { min: Number(issue.minimum) } };
    case 'invalid_format':
      return { code: 'invalid-format', params: { format: issue.format } };
    case 'invalid_value':
      return { code: 'not-allowed', params: { allowed: issue.values.map(String).join(', ') } };
    default:
      return { code: 'invalid' };
  }
}

function valueAt(input: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Object.entries(value).find(([name]) => name === key)?.[1] : undefined),
    input,
  );
}

function isZodIssue(issue: StandardSchemaV1.Issue | z.core.$ZodIssue): issue is z.core.$ZodIssue {
  return 'code' in issue;
}
