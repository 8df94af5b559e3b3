import { readSearchTokens, type SearchToken } from './search-tokens.js';
import { SearchSyntaxError } from './search-syntax-error.js';

/** A search text, read once. Words carry their wildcards as they were typed; prefix and suffix are the backend's. */
export type SearchExpression =
  | { readonly kind: 'and'; readonly parts: readonly SearchExpression[] }
  | { readonly kind: 'or'; readonly parts: readonly SearchExpression[] }
  | { readonly kind: 'not'; readonly part: SearchExpression }
  | { readonly kind: 'word'; readonly pattern: readonly WordPart[] };

/** Literal text, or `*`: any text, also none. */
export type WordPart = { readonly text: string } | 'any';

const longestText = 500;
const mostWords = 50;
const deepestNesting = 20;

/**
 * Reads the helpdesk's mini-language, both of its dialects: `+`, `AND`, `&&`; `OR`, `||`; `!`; `"phrases"`; `*`;
 * parentheses; `\` before a character that would mean something. AND binds stronger than OR. `null`: the text is blank.
 * Throws SearchSyntaxError; a text that is not understood never finds more than was meant.
 */
export function parseSearch(text: string): SearchExpression | null {
  if (text.trim() === '') return null;
  if (text.length > longestText) throw new SearchSyntaxError('text-too-long', longestText);
  const tokens = readSearchTokens(text);
  const words = tokens.filter((token) => token.kind === 'word');
  const excess = words[mostWords];
  if (excess) throw new SearchSyntaxError('too-many-words', excess.position);
  const expression = new TokenReader(tokens).readAll();
  if (expression === null) throw new SearchSyntaxError('word-missing', 0);
  return expression;
}

class TokenReader {
  private index = 0;

  constructor(private readonly tokens: readonly SearchToken[]) {}

  readAll(): SearchExpression | null {
    const expression = this.readGroup(0);
    const rest = this.tokens[this.index];
    if (rest) throw new SearchSyntaxError('parenthesis-not-opened', rest.position);
    return expression;
  }

  /** Up to the closing parenthesis or the end. Operators without a word on one side, at the edges, are dropped. */
  private readGroup(depth: number): SearchExpression | null {
    const alternatives: SearchExpression[][] = [];
    let operator: SearchToken | null = null;
    let contradiction: SearchToken | null = null;
    for (let token = this.peek(); token && token.kind !== 'close'; token = this.peek()) {
      if (token.kind === 'and' || token.kind === 'or') {
        this.index += 1;
        if (operator && operator.kind !== token.kind) contradiction = token;
        if (alternatives.length > 0) operator ??= token;
        continue;
      }
      const operand = this.readOperand(depth);
      if (operand === null) continue;
      if (contradiction) throw new SearchSyntaxError('word-missing', contradiction.position);
      if (alternatives.length > 0 && !operator) throw new SearchSyntaxError('operator-missing', token.position);
      const last = alternatives.at(-1);
      if (last && operator?.kind === 'and') last.push(operand);
      else alternatives.push([operand]);
      operator = null;
    }
    return joined('or', alternatives.map((parts) => joined('and', parts)));
  }

  /** A word or a group, negated as often as it says; `null` for `()` and for a `!` with nothing behind it. */
  private readOperand(depth: number): SearchExpression | null {
    let isNegated = false;
    let token = this.take();
    while (token?.kind === 'not') {
      isNegated = !isNegated;
      const next = this.peek();
      if (!next || next.kind === 'close') return null;
      if (next.kind === 'and' || next.kind === 'or') throw new SearchSyntaxError('word-missing', next.position);
      token = this.take();
    }
    const operand = token?.kind === 'open' ? this.readParenthesis(token, depth + 1) : wordOf(token);
    return operand && isNegated ? { kind: 'not', part: operand } : operand;
  }

  private readParenthesis(opening: SearchToken, depth: number): SearchExpression | null {
    if (depth > deepestNesting) throw new SearchSyntaxError('nested-too-deep', opening.position);
    const expression = this.readGroup(depth);
    if (this.take()?.kind !== 'close') throw new SearchSyntaxError('parenthesis-not-closed', opening.position);
    return expression;
  }

  private peek(): SearchToken | undefined {
    return this.tokens[this.index];
  }

  private take(): SearchToken | undefined {
    const token = this.tokens[this.index];
    this.index += 1;
    return token;
  }
}

function wordOf(token: SearchToken | undefined): SearchExpression | null {
  return token?.kind === 'word' ? { kind: 'word', pattern: token.pattern } : null;
}

function joined(kind: 'and' | 'or', parts: readonly (SearchExpression | null)[]): SearchExpression | null {
  const given = parts.filter((part) => part !== null);
  return given.length > 1 ? { kind, parts: given } : (given[0] ?? null);
}
