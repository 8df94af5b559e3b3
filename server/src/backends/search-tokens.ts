import type { WordPart } from './search-expression.js';
import { SearchSyntaxError } from './search-syntax-error.js';

export type SearchToken =
  | { readonly kind: 'open' | 'close' | 'and' | 'or' | 'not'; readonly position: number }
  | { readonly kind: 'word'; readonly position: number; readonly pattern: readonly WordPart[] };

type Operator = 'and' | 'or';

/** A backslash before one of these takes their meaning away; before anything else it is text (`DOMAIN\anna`). */
const special = '\\*+&|!()"';
const space = /\s/;

/**
 * Cuts a search text into operators and words. A word goes on over spaces until an operator, so `john smith` is one
 * word. A parenthesis groups where a word could begin; within a word, `Smith (Bonn)`, it is text with its partner.
 */
export function readSearchTokens(typed: string): SearchToken[] {
  const text = typed.trimEnd();
  const tokens: SearchToken[] = [];
  let position = skipSpace(text, 0);
  while (position < text.length) {
    const sign = signAt(text, position);
    if (sign) {
      tokens.push({ kind: sign.kind, position });
      position = skipSpace(text, position + sign.length);
      continue;
    }
    const word = readWord(text, position);
    if (word.pattern.length > 0) tokens.push({ kind: 'word', position, pattern: word.pattern });
    position = skipSpace(text, word.end);
  }
  return tokens;
}

function signAt(text: string, position: number): { kind: Exclude<SearchToken['kind'], 'word'>; length: number } | null {
  const character = text[position];
  if (character === '(') return { kind: 'open', length: 1 };
  if (character === ')') return { kind: 'close', length: 1 };
  const operator = operatorAt(text, position);
  if (operator) return operator;
  // `*!smith*` means `!smith*`
  const negation = /^\**!/.exec(text.slice(position));
  return negation ? { kind: 'not', length: negation[0].length } : null;
}

function operatorAt(text: string, position: number): { kind: Operator; length: number } | null {
  if (text[position] === '+') return { kind: 'and', length: 1 };
  if (text.startsWith('&&', position)) return { kind: 'and', length: 2 };
  if (text.startsWith('||', position)) return { kind: 'or', length: 2 };
  const before = text[position - 1] ?? ' ';
  if (!space.test(before) && !'()'.includes(before)) return null;
  const name = /^(AND|OR)(?=[\s()]|$)/.exec(text.slice(position))?.[1];
  if (name === undefined) return null;
  return { kind: name === 'AND' ? 'and' : 'or', length: name.length };
}

function readWord(text: string, start: number): { pattern: readonly WordPart[]; end: number } {
  const pattern = new PatternBuilder();
  let openParentheses = 0;
  let position = start;
  while (position < text.length) {
    const character = text.charAt(position);
    if (space.test(character)) {
      const next = skipSpace(text, position);
      if (next >= text.length || operatorAt(text, next) || (text[next] === ')' && openParentheses === 0)) break;
      pattern.add(' ');
      position = next;
      continue;
    }
    if (operatorAt(text, position)) break;
    if (character === ')' && openParentheses === 0) break;
    if (character === '(') openParentheses += 1;
    if (character === ')') openParentheses -= 1;
    position = character === '"' ? readPhrase(text, position, pattern) : readCharacter(text, position, pattern);
  }
  return { pattern: pattern.parts, end: position };
}

/** Inside quotes only `*` and the backslash mean something. A quote without a partner is text. */
function readPhrase(text: string, start: number, pattern: PatternBuilder): number {
  const end = closingQuote(text, start + 1);
  if (end === null) {
    pattern.add('"');
    return start + 1;
  }
  for (let position = start + 1; position < end; ) position = readCharacter(text, position, pattern);
  return end + 1;
}

function closingQuote(text: string, start: number): number | null {
  for (let position = start; position < text.length; position += 1) {
    if (text[position] === '"') return position;
    if (text[position] === '\\' && special.includes(text[position + 1] ?? ' ')) position += 1;
  }
  return null;
}

function readCharacter(text: string, position: number, pattern: PatternBuilder): number {
  const character = text.charAt(position);
  if (character === '*') {
    pattern.addAny();
    return position + 1;
  }
  if (character !== '\\') {
    pattern.add(character);
    return position + 1;
  }
  const next = text[position + 1];
  if (next === undefined) throw new SearchSyntaxError('backslash-at-end', position);
  const isEscape = special.includes(next);
  pattern.add(isEscape ? next : '\\');
  return position + (isEscape ? 2 : 1);
}

function skipSpace(text: string, position: number): number {
  while (position < text.length && space.test(text.charAt(position))) position += 1;
  return position;
}

/** Neighbouring texts become one, neighbouring wildcards too. */
class PatternBuilder {
  private readonly built: WordPart[] = [];

  get parts(): readonly WordPart[] {
    return this.built;
  }

  add(text: string): void {
    const last = this.built.at(-1);
    if (last === undefined || last === 'any') this.built.push({ text });
    else this.built[this.built.length - 1] = { text: last.text + text };
  }

  addAny(): void {
    if (this.built.at(-1) !== 'any') this.built.push('any');
  }
}
