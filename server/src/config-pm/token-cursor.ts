import type { Unread } from './perl-syntax.js';
import type { Token, UnreadCode } from './perl-token.js';

const excerptLength = 80;
/** Operators in words that end an expression of ours: modifiers of the statement, and what binds weaker than a comma. */
export const looseWords: ReadonlySet<string> = new Set(['if', 'unless', 'while', 'until', 'for', 'foreach', 'or', 'and', 'xor']);
export const commas: ReadonlySet<string> = new Set([',', '=>']);
/** Where a list ends, whether it is closed or not. */
export const listEnds: ReadonlySet<string> = new Set([';', ')', ']', '}']);
/** What begins a subscript. */
export const subscripts: ReadonlySet<string> = new Set(['{', '[']);
const itemEnds: ReadonlySet<string> = new Set([...commas, ...listEnds]);
const openers = new Set(['(', '[', '{']);
const closers = new Set([')', ']', '}']);

/** Walks forward over the tokens, and only forward: that keeps reading linear. */
export class TokenCursor {
  index = 0;
  private readonly last: Token;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly source: string,
  ) {
    this.last = tokens.at(-1) ?? { kind: 'end', start: 0, end: 0 };
  }

  get token(): Token {
    return this.tokens[this.index] ?? this.last;
  }

  get next(): Token {
    return this.tokens[this.index + 1] ?? this.last;
  }

  /** Behind the last token taken. */
  get end(): number {
    return this.tokens[this.index - 1]?.end ?? 0;
  }

  advance(): Token {
    const { token } = this;
    if (token.kind !== 'end') this.index += 1;
    return token;
  }

  isSymbol(text: string): boolean {
    const { token } = this;
    return token.kind === 'symbol' && token.text === text;
  }

  isOneOf(symbols: ReadonlySet<string>): boolean {
    const { token } = this;
    return token.kind === 'symbol' && symbols.has(token.text);
  }

  isWord(words: ReadonlySet<string>): boolean {
    const { token } = this;
    return token.kind === 'word' && words.has(token.text);
  }

  take(symbol: string): boolean {
    const isThere = this.isSymbol(symbol);
    if (isThere) this.advance();
    return isThere;
  }

  isFatCommaNext(): boolean {
    const { next } = this;
    return next.kind === 'symbol' && next.text === '=>';
  }

  /** Whether a line ends between the token before and this one. */
  isOnNewLine(): boolean {
    return this.source.slice(this.end, this.token.start).includes('\n');
  }

  isAtItemEnd(): boolean {
    return this.token.kind === 'end' || this.isOneOf(itemEnds);
  }

  /** Passes the bracket that stands here with all in it; other tokens one by one. */
  skipBalanced(): void {
    const open: string[] = [];
    do {
      const { token } = this;
      if (token.kind === 'end') return;
      if (token.kind === 'symbol') {
        if (openers.has(token.text)) open.push(token.text);
        else if (closers.has(token.text)) open.pop();
        // No statement ends inside round or square brackets: a closing one is missing.
        else if (token.text === ';' && open.length > 0 && open.at(-1) !== '{' && !this.isForHead(open)) return;
      }
      this.advance();
    } while (open.length > 0);
  }

  private isForHead(open: readonly string[]): boolean {
    return open.length === 1 && open[0] === '(';
  }

  /** Brackets and what is in them are passed as one. */
  skipTo(symbols: ReadonlySet<string>): void {
    while (this.token.kind !== 'end' && !this.isOneOf(symbols)) this.skipBalanced();
  }

  /** To the end of one item of a list. */
  skipItem(): void {
    this.skipTo(itemEnds);
  }

  /** Over commas too, to the closing bracket or the end of the statement. */
  skipList(): void {
    this.skipTo(listEnds);
  }

  unread(code: UnreadCode, from: number): Unread {
    const start = this.tokens[from]?.start ?? this.last.start;
    return { kind: 'unread', code, text: this.excerpt(from), start, end: Math.max(this.end, start) };
  }

  /** The code since `from` in one short line. Quoted text is left out unless it is a key: it may be a secret. */
  excerpt(from: number): string {
    let text = '';
    let end: number | null = null;
    for (let index = from; index < this.index && text.length <= excerptLength; index += 1) {
      const token = this.tokens[index] ?? this.last;
      if (end !== null && token.start > end) text += ' ';
      text += this.shown(token, index);
      ({ end } = token);
    }
    return text.length > excerptLength ? `${text.slice(0, excerptLength)}…` : text;
  }

  private shown(token: Token, index: number): string {
    if (token.kind === 'word' || token.kind === 'variable') return this.source.slice(token.start, Math.min(token.end, token.start + excerptLength + 1));
    if (token.kind === 'cast') return token.sigil;
    if (token.kind === 'symbol') return token.text;
    if (token.kind === 'number') return token.end - token.start > 2 ? '0…' : this.source.slice(token.start, token.end);
    if (token.kind === 'text') return this.isKey(index) ? this.source.slice(token.start, Math.min(token.end, token.start + 60)) : "'…'";
    return token.kind === 'words' ? 'qw(…)' : token.kind === 'end' ? '' : '…';
  }

  /** `{'Name'}` behind a variable, or `'Name' =>`. */
  private isKey(index: number): boolean {
    const before = this.tokens[index - 1];
    const behind = this.tokens[index + 1];
    if (behind?.kind !== 'symbol') return false;
    return behind.text === '=>' || (behind.text === '}' && before?.kind === 'symbol' && before.text === '{');
  }
}
