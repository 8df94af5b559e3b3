import type { Issue } from '../../../contract/problem.js';
import { DomainError, ValidationFailed } from '../../kernel/errors.js';

/** Deeper than any body of the contract, far from the depth that costs a parser its stack. */
const maximumDepth = 32;
/** As keys they reach an object's prototype when copied carelessly; no contract has them. */
const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Reads a JSON body (RFC 8259) more strictly than `JSON.parse`: no deep nesting, no key twice (two readers would see two
 * values), no key of a prototype. An empty body is `undefined`.
 */
export function parseJsonBody(text: string): unknown {
  if (text === '') return undefined;
  const issues = scanKeys(text);
  const value = parse(text);
  if (issues.length > 0) throw new ValidationFailed(issues);
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new DomainError('request.malformed', { cause });
  }
}

/**
 * One token of JSON that matters here: a text, a bracket or a separator. Everything else is skipped. A text without its
 * end is taken to the end of the body, so that each character is looked at once.
 */
const tokenPattern = /"(?:[^"\\]|\\.)*"?|[{}[\],]/gs;

/** Walks the tokens and collects keys that are there twice or forbidden. Texts that are no JSON are `parse`'s concern. */
function scanKeys(text: string): Issue[] {
  const issues: Issue[] = [];
  const open: (Set<string> | null)[] = [];
  let keyExpected = false;
  for (const [token] of text.matchAll(tokenPattern)) {
    if (token === '{' || token === '[') {
      open.push(token === '{' ? new Set() : null);
      if (open.length > maximumDepth) throw new DomainError('request.malformed', { message: 'nested too deeply' });
      keyExpected = token === '{';
    } else if (token === '}' || token === ']') {
      open.pop();
      keyExpected = false;
    } else if (token === ',') {
      keyExpected = open.at(-1) instanceof Set;
    } else if (keyExpected) {
      keyExpected = false;
      const key = String(parse(token));
      const keys = open.at(-1);
      if (forbiddenKeys.has(key)) issues.push({ path: key, code: 'forbidden-key' });
      else if (keys?.has(key) === true) issues.push({ path: key, code: 'duplicate-key' });
      keys?.add(key);
    }
  }
  return issues;
}
