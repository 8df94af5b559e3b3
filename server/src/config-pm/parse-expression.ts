import type { ArithmeticOperator } from './perl-numbers.js';
import type { Expression, Item, Link, Step, Unread } from './perl-syntax.js';
import { PrimaryParser, type Grammar } from './parse-primary.js';
import type { UnreadCode } from './perl-token.js';
import { commas, listEnds, looseWords, subscripts, type TokenCursor } from './token-cursor.js';

const depthLimit = 100;
const additive: ReadonlyMap<string, Link['operator']> = new Map([['+', '+'], ['-', '-'], ['.', '.']]);
const multiplicative: ReadonlyMap<string, Link['operator']> = new Map([['*', '*'], ['/', '/'], ['%', '%'], ['x', 'x']]);
const power: ArithmeticOperator = '**';
const wordOperators = new Set(['lt', 'gt', 'le', 'ge', 'eq', 'ne', 'cmp', 'isa']);
const bindings = new Set(['=~', '!~']);
const counters = new Set(['++', '--']);
const unaryOperators = new Set(['!', '~', ...counters]);
const postfixes = new Set(['->', '{', '[', '(', ...counters]);
const sigils = new Set(['@', '%']);
/** What may hang on a call: its arguments, subscripts of its answer, further calls. */
const callParts = new Set(['(', '{', '[', '->', '@', '%', '*']);

/** Recursive descent over one expression. Never throws; what it does not know becomes an `unread` node. */
export class ExpressionParser implements Grammar {
  private depth = 0;
  private readonly primary: PrimaryParser;
  /** Places where the file is no valid Perl, although reading could go on. */
  readonly syntaxErrors: Unread[] = [];

  constructor(private readonly cursor: TokenCursor) {
    this.primary = new PrimaryParser(cursor, this);
  }

  /** One item: up to a comma, a closing bracket, or the end of the statement. */
  item(): Expression {
    const from = this.cursor.index;
    const expression = this.sum();
    if (this.cursor.isAtItemEnd() || this.cursor.isWord(looseWords)) return expression;
    if (this.cursor.token.kind !== 'symbol' && this.cursor.isOnNewLine()) {
      this.syntaxErrors.push(this.here('syntax'));
      return expression;
    }
    const isOperator = this.cursor.token.kind === 'symbol' || this.cursor.isWord(wordOperators);
    const code = this.cursor.isOneOf(bindings) ? 'regular-expression' : isOperator ? 'operator' : 'syntax';
    this.cursor.skipItem();
    return this.cursor.unread(code, from);
  }

  /** Items up to the closing bracket, which is taken; without one the list ends at the end of the statement. */
  items(close: string): readonly Item[] {
    const items: Item[] = [];
    while (!this.cursor.take(close)) {
      if (this.cursor.token.kind === 'end' || this.cursor.isOneOf(listEnds)) {
        this.syntaxErrors.push(this.here('syntax'));
        // A closing bracket of another kind is taken for the one that was meant.
        if (!this.cursor.isSymbol(';')) this.cursor.advance();
        return items;
      }
      if (this.cursor.isOneOf(commas)) this.cursor.advance();
      else items.push(this.listItem());
    }
    return items;
  }

  /** Items of a function without brackets: to the end of the statement or a modifier. */
  openItems(): readonly Item[] {
    const items: Item[] = [];
    for (;;) {
      if (this.cursor.isOneOf(commas)) this.cursor.advance();
      else if (this.cursor.isAtItemEnd() || this.cursor.isWord(looseWords)) return items;
      else items.push(this.listItem());
    }
  }

  private listItem(): Item {
    const from = this.cursor.index;
    const expression = this.item();
    // Nothing was taken: a word such as `if` inside a list.
    if (this.cursor.index === from) this.cursor.skipBalanced();
    return { expression, isKey: this.cursor.isSymbol('=>') };
  }

  sum(): Expression {
    return this.chain(additive, () => this.product());
  }

  private product(): Expression {
    return this.chain(multiplicative, () => this.unary());
  }

  private chain(operators: ReadonlyMap<string, Link['operator']>, operand: () => Expression): Expression {
    const from = this.cursor.index;
    const { start } = this.cursor.token;
    const first = operand();
    const links: Link[] = [];
    for (;;) {
      const { token } = this.cursor;
      const operator = token.kind === 'symbol' ? operators.get(token.text) : undefined;
      if (operator === undefined) break;
      this.cursor.advance();
      links.push({ operator, right: operand() });
    }
    if (links.length === 0) return first;
    return { kind: 'chain', first, links, text: this.cursor.excerpt(from), start, end: this.cursor.end };
  }

  private unary(): Expression {
    const from = this.cursor.index;
    const { start } = this.cursor.token;
    if (this.cursor.take('-')) return this.negative(from, start);
    if (this.cursor.take('+')) return this.deeper(() => this.unary());
    if (this.cursor.take('\\')) {
      const to = this.deeper(() => this.unary());
      return { kind: 'reference', to, start, end: this.cursor.end };
    }
    if (this.cursor.isOneOf(unaryOperators)) {
      this.cursor.advance();
      this.deeper(() => this.unary());
      return this.cursor.unread('operator', from);
    }
    const base = this.postfix();
    if (!this.cursor.take(power)) return base;
    const right = this.deeper(() => this.unary());
    return { kind: 'chain', first: base, links: [{ operator: power, right }], text: this.cursor.excerpt(from), start, end: this.cursor.end };
  }

  private negative(from: number, start: number): Expression {
    const { token } = this.cursor;
    if (token.kind === 'word' && (this.cursor.isFatCommaNext() || this.isSubscriptEnd())) {
      this.cursor.advance();
      return { kind: 'constant', value: `-${token.text}`, start, end: token.end };
    }
    const isFileTest = token.kind === 'word' && /^[A-Za-z]$/.test(token.text);
    if (isFileTest) this.cursor.advance();
    const of = this.deeper(() => this.unary());
    if (isFileTest) return this.cursor.unread('call', from);
    const zero: Expression = { kind: 'constant', value: 0, start, end: start };
    return { kind: 'chain', first: zero, links: [{ operator: '-', right: of }], text: this.cursor.excerpt(from), start, end: this.cursor.end };
  }

  private isSubscriptEnd(): boolean {
    const { next } = this.cursor;
    return next.kind === 'symbol' && next.text === '}';
  }

  /** Runs `parse` one level deeper; too deep, what stands here is passed unread, brackets and all. */
  deeper(parse: () => Expression): Expression {
    if (this.depth >= depthLimit) {
      const from = this.cursor.index;
      this.cursor.skipItem();
      return this.cursor.unread('too-deep', from);
    }
    this.depth += 1;
    const expression = parse();
    this.depth -= 1;
    return expression;
  }

  private postfix(): Expression {
    const from = this.cursor.index;
    let expression = this.primary.parse();
    if (!this.cursor.isOneOf(postfixes)) return expression;
    const steps: Step[] = [];
    const start = expression.start;
    const whole = (): Expression =>
      steps.length === 0 ? expression : { kind: 'element', of: expression, steps: [...steps], text: this.cursor.excerpt(from), start, end: this.cursor.end };
    for (;;) {
      const canSubscript = steps.length > 0 || expression.kind === 'element';
      if (this.cursor.isSymbol('->')) {
        this.cursor.advance();
        if (this.cursor.isOneOf(subscripts)) steps.push(this.step());
        else if (this.cursor.isOneOf(sigils) && this.cursor.next.kind === 'symbol' && this.cursor.next.text === '*') {
          this.cursor.advance();
          this.cursor.advance();
          return { kind: 'spread', of: whole(), start, end: this.cursor.end };
        } else return this.call(from);
      } else if (canSubscript && this.cursor.isOneOf(subscripts)) steps.push(this.step());
      else if (canSubscript && this.cursor.isSymbol('(')) return this.call(from);
      else if (this.cursor.isOneOf(counters)) {
        this.cursor.advance();
        return this.cursor.unread('operator', from);
      } else return whole();
      if (steps.length > depthLimit) expression = this.cursor.unread('too-deep', from);
    }
  }

  step(): Step {
    const by = this.cursor.isSymbol('{') ? 'key' : 'index';
    const { token: open } = this.cursor;
    this.cursor.advance();
    const { token } = this.cursor;
    let key: Expression;
    if (by === 'key' && token.kind === 'word' && this.isSubscriptEnd()) {
      this.cursor.advance();
      key = { kind: 'constant', value: token.text, start: token.start, end: token.end };
    } else key = this.deeper(() => this.item());
    if (!this.cursor.take(by === 'key' ? '}' : ']')) {
      const from = this.cursor.index;
      while (this.cursor.isOneOf(commas)) {
        this.cursor.advance();
        this.cursor.skipItem();
      }
      if (!this.cursor.take(by === 'key' ? '}' : ']')) this.syntaxErrors.push(this.here('syntax'));
      key = { ...this.cursor.unread('operator', from), start: open.start };
    }
    return { by, key };
  }

  /** Behind the arrow of a method call, or at the bracket of a call by reference: passes it and all that hangs on it. */
  private call(from: number): Expression {
    while (this.cursor.token.kind === 'word' || this.cursor.token.kind === 'variable' || this.cursor.isOneOf(callParts)) {
      this.cursor.skipBalanced();
    }
    return this.cursor.unread('call', from);
  }

  private here(code: UnreadCode): Unread {
    const { token } = this.cursor;
    return { kind: 'unread', code, text: '', start: token.start, end: Math.max(token.end, token.start) };
  }
}
