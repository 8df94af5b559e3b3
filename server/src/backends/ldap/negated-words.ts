import { foldKey } from '../backend.js';
import type { SearchExpression, WordPart } from '../search-expression.js';
import { fullPattern, type SearchTarget } from './ldap-filter.js';

/** What every attribute with text can be compared with: RFC 4517, PrintableString. */
const plain = /^[A-Za-z0-9 '()+,./:=?-]*$/;

/**
 * A directory answers neither yes nor no to a word that an attribute could never hold (an umlaut in an address), and
 * then NOT finds nobody (RFC 4511, section 4.5.1.7). Such a NOT is decided here; the directory is asked for the rest.
 */
export function askableOf(expression: SearchExpression): { readonly asked: SearchExpression | null; readonly decided: SearchExpression | null } {
  const parts = expression.kind === 'and' ? expression.parts : [expression];
  const asked = parts.filter((part) => !isUndecided(part, false));
  const decided = parts.filter((part) => isUndecided(part, false));
  return { asked: joined(asked), decided: joined(decided) };
}

/** Whether somebody with these values is meant. */
export function isMeant(expression: SearchExpression, values: readonly string[], target: Pick<SearchTarget, 'prefix' | 'suffix'>): boolean {
  switch (expression.kind) {
    case 'not':
      return !isMeant(expression.part, values, target);
    case 'and':
      return expression.parts.every((part) => isMeant(part, values, target));
    case 'or':
      return expression.parts.some((part) => isMeant(part, values, target));
    case 'word': {
      const pattern = fullPattern(expression.pattern, target);
      if (pattern.every((part) => part === 'any')) return true;
      return values.some((value) => matches(foldKey(value), pattern));
    }
  }
}

export function hasNegation(expression: SearchExpression): boolean {
  if (expression.kind === 'word') return false;
  return expression.kind === 'not' || expression.parts.some(hasNegation);
}

function isUndecided(expression: SearchExpression, isNegated: boolean): boolean {
  switch (expression.kind) {
    case 'not':
      return isUndecided(expression.part, !isNegated);
    case 'word':
      return isNegated && expression.pattern.some((part) => part !== 'any' && !plain.test(part.text));
    case 'and':
    case 'or':
      return expression.parts.some((part) => isUndecided(part, isNegated));
  }
}

/** Each text behind the one before it, the first at the start and the last at the end unless a wildcard stands there. */
function matches(value: string, pattern: readonly WordPart[]): boolean {
  let position = 0;
  for (const [index, part] of pattern.entries()) {
    if (part === 'any') continue;
    const text = foldKey(part.text);
    const isLast = index === pattern.length - 1;
    const found = index === 0 ? (value.startsWith(text) ? 0 : -1) : isLast ? value.length - text.length : value.indexOf(text, position);
    if (found < position || !value.startsWith(text, found)) return false;
    position = found + text.length;
  }
  return pattern.at(-1) === 'any' || position === value.length;
}

function joined(parts: readonly SearchExpression[]): SearchExpression | null {
  return parts.length > 1 ? { kind: 'and', parts } : (parts[0] ?? null);
}
