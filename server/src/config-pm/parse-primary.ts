import type { Expression, Item, Step } from './perl-syntax.js';
import type { Span } from './source-text.js';
import { listEnds, looseWords, subscripts, type TokenCursor } from './token-cursor.js';

/** Perl's functions of at most one argument (perlfunc); every other word takes the whole list behind it. */
const unaryFunctions = new Set(
  ('lc uc lcfirst ucfirst fc length defined ref scalar shift pop chr ord hex oct int abs sqrt log exp sin cos rand srand quotemeta ' +
    'exists delete each keys values require rmdir readlink stat lstat sleep localtime gmtime caller lock exit chdir umask alarm').split(' '),
);
const codeWords = ['sub', 'do', 'eval'];
const termStarts = new Set(['(', '[', '{', '\\', '!']);
const brackets: ReadonlyMap<string, { kind: 'list' | 'array' | 'hash'; close: string }> = new Map([
  ['(', { kind: 'list', close: ')' }],
  ['[', { kind: 'array', close: ']' }],
  ['{', { kind: 'hash', close: '}' }],
]);

/** What a primary needs of the rest of the grammar. */
export interface Grammar {
  item(): Expression;
  items(close: string): readonly Item[];
  sum(): Expression;
  step(): Step;
  deeper(parse: () => Expression): Expression;
}

/** Literals, brackets, variables, words: the leaves of an expression. */
export class PrimaryParser {
  constructor(
    private readonly cursor: TokenCursor,
    private readonly grammar: Grammar,
  ) {}

  parse(): Expression {
    const { token } = this.cursor;
    const { start, end } = token;
    const from = this.cursor.index;
    switch (token.kind) {
      case 'number':
        this.cursor.advance();
        return token.value === null ? this.cursor.unread('number', from) : { kind: 'constant', value: token.value, start, end };
      case 'text': {
        this.cursor.advance();
        const [only] = token.parts;
        if (token.parts.length === 1 && typeof only === 'string') return { kind: 'constant', value: only, start, end };
        return { kind: 'text', parts: token.parts, text: this.cursor.excerpt(from), start, end };
      }
      case 'words': {
        this.cursor.advance();
        const items = token.words.map((word): Item => ({ expression: { kind: 'constant', value: word, start, end }, isKey: false }));
        return { kind: 'list', items, start, end };
      }
      case 'opaque':
        this.cursor.advance();
        return this.cursor.unread(token.code, from);
      case 'variable':
        return this.variable(token.sigil, token.name, token);
      case 'cast':
        return this.dereference(token.sigil);
      case 'word':
        return this.word(token.text);
      case 'symbol':
        return this.bracket(token.text);
      case 'end':
        return this.cursor.unread('syntax', from);
    }
  }

  private bracket(symbol: string): Expression {
    const from = this.cursor.index;
    const { start } = this.cursor.token;
    const bracket = brackets.get(symbol);
    if (bracket === undefined) {
      if (!this.cursor.isAtItemEnd()) this.cursor.skipItem();
      return this.cursor.unread('syntax', from);
    }
    return this.grammar.deeper(() => {
      this.cursor.advance();
      const { kind, close } = bracket;
      const items = this.grammar.items(close);
      if (kind === 'list' && this.cursor.isSymbol('[')) {
        this.cursor.skipBalanced();
        return this.cursor.unread('operator', from);
      }
      return { kind, items, start, end: this.cursor.end };
    });
  }

  private variable(sigil: string, name: string, { start, end }: Span): Expression {
    const from = this.cursor.index;
    this.cursor.advance();
    if (sigil === '&') {
      if (this.cursor.isSymbol('(')) this.cursor.skipBalanced();
      return this.cursor.unread('call', from);
    }
    const isSubscript = this.cursor.isOneOf(subscripts);
    if (sigil !== '$' && isSubscript) return this.slice(from);
    if (name === 'ENV') {
      if (isSubscript) this.cursor.skipBalanced();
      return this.cursor.unread('environment', from);
    }
    if (sigil === '$' && isSubscript) {
      const holder: Expression = { kind: 'variable', name: `${this.cursor.isSymbol('{') ? '%' : '@'}${name}`, start, end };
      const steps = [this.grammar.step()];
      return { kind: 'element', of: holder, steps, text: this.cursor.excerpt(from), start, end: this.cursor.end };
    }
    const variable: Expression = { kind: 'variable', name: `${sigil}${name}`, start, end };
    return sigil === '$' ? variable : { kind: 'spread', of: variable, start, end };
  }

  private slice(from: number): Expression {
    this.cursor.skipBalanced();
    return this.cursor.unread('operator', from);
  }

  /** `@{ … }`, `%$x`, `$$x{key}`. */
  private dereference(sigil: string): Expression {
    const from = this.cursor.index;
    const { start } = this.cursor.advance();
    const of = this.grammar.deeper(() => this.dereferenced());
    const isSubscript = this.cursor.isOneOf(subscripts);
    if (sigil === '$' && isSubscript) {
      const steps = [this.grammar.step()];
      return { kind: 'element', of, steps, text: this.cursor.excerpt(from), start, end: this.cursor.end };
    }
    if (sigil === '@' || sigil === '%') return isSubscript ? this.slice(from) : { kind: 'spread', of, start, end: this.cursor.end };
    return this.cursor.unread('operator', from);
  }

  private dereferenced(): Expression {
    const from = this.cursor.index;
    const { token } = this.cursor;
    if (this.cursor.take('{')) {
      const inner = this.grammar.item();
      if (this.cursor.take('}')) return inner;
      this.cursor.skipList();
      this.cursor.take('}');
      return this.cursor.unread('operator', from);
    }
    if (token.kind === 'variable' && token.sigil === '$') {
      this.cursor.advance();
      return { kind: 'variable', name: `$${token.name}`, start: token.start, end: token.end };
    }
    this.cursor.skipBalanced();
    return this.cursor.unread('operator', from);
  }

  private word(text: string): Expression {
    const from = this.cursor.index;
    const { start, end } = this.cursor.token;
    if (this.cursor.isFatCommaNext()) {
      this.cursor.advance();
      return { kind: 'constant', value: text, start, end };
    }
    if (looseWords.has(text)) return this.cursor.unread('syntax', from);
    this.cursor.advance();
    if (text === 'undef' && (!this.cursor.isSymbol('(') || this.isEmptyBrackets())) return { kind: 'constant', value: null, start, end: this.cursor.end };
    if (text === 'Translatable') return this.translatable(from);
    if (codeWords.includes(text)) return this.code(from);
    if (this.cursor.isSymbol('->')) return this.cursor.unread('call', from);
    if (this.cursor.isSymbol('(')) this.cursor.skipBalanced();
    else if (unaryFunctions.has(text)) this.grammar.deeper(() => (this.startsTerm() ? this.grammar.sum() : this.cursor.unread('call', from)));
    else if (this.startsTerm()) this.skipArguments();
    return this.cursor.unread(text === 'require' ? 'code' : 'call', from);
  }

  private isEmptyBrackets(): boolean {
    const { next } = this.cursor;
    if (next.kind !== 'symbol' || next.text !== ')') return false;
    this.cursor.advance();
    this.cursor.advance();
    return true;
  }

  private startsTerm(): boolean {
    const { token } = this.cursor;
    if (token.kind === 'end') return false;
    if (token.kind === 'word') return !looseWords.has(token.text);
    return token.kind !== 'symbol' || this.cursor.isOneOf(termStarts);
  }

  private skipArguments(): void {
    while (this.cursor.token.kind !== 'end' && !this.cursor.isOneOf(listEnds) && !this.cursor.isWord(looseWords)) {
      this.cursor.skipBalanced();
    }
  }

  /** Translatable() only marks a text for the translators. */
  private translatable(from: number): Expression {
    const isBracketed = this.cursor.take('(');
    const expression = this.grammar.deeper(() => this.grammar.item());
    if (!isBracketed || this.cursor.take(')')) return expression;
    this.cursor.skipList();
    this.cursor.take(')');
    return this.cursor.unread('call', from);
  }

  private code(from: number): Expression {
    while (!this.cursor.isAtItemEnd() && !this.cursor.isSymbol('{')) this.cursor.skipBalanced();
    if (this.cursor.isSymbol('{')) this.cursor.skipBalanced();
    return this.cursor.unread('code', from);
  }
}
