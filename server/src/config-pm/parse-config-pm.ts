import { ExpressionParser } from './parse-expression.js';
import { assignmentOperators, type Expression, type Item, type Statement, type Unread } from './perl-syntax.js';
import type { Token, UnreadCode } from './perl-token.js';
import { TokenCursor } from './token-cursor.js';

const depthLimit = 50;
const directives = new Set(['package', 'use', 'no']);
const conditions = new Set(['if', 'unless']);
const loops = new Set(['while', 'until', 'for', 'foreach']);
const modifiers = new Set([...conditions, ...loops, 'and', 'or', 'xor']);
const continuations = new Set(['elsif', 'else', 'continue']);
const phases = new Set(['BEGIN', 'END', 'INIT', 'CHECK', 'UNITCHECK']);
const codeBlocks = new Set(['eval', 'do']);
const statementEnds = new Set([';', '}']);
const blockStarts = new Set(['{', ';', '}']);
const declarationEnds = new Set(['=', ';', ')', '}']);

export interface ParsedFile {
  readonly statements: readonly Statement[];
  readonly syntaxErrors: readonly Unread[];
}

/** Tokens in, statements out. Forward only and bounded; never throws. What it does not know it passes, named as unread. */
export function parseConfigPm(tokens: readonly Token[], source: string): ParsedFile {
  const parser = new StatementParser(new TokenCursor(tokens, source));
  return { statements: parser.statements(), syntaxErrors: parser.expressions.syntaxErrors };
}

class StatementParser {
  readonly expressions: ExpressionParser;
  private depth = 0;

  constructor(private readonly cursor: TokenCursor) {
    this.expressions = new ExpressionParser(cursor);
  }

  /** To the end of the file, or behind the brace that closes the block. */
  statements(): readonly Statement[] {
    const statements: Statement[] = [];
    while (this.cursor.token.kind !== 'end') {
      if (this.cursor.take('}')) {
        if (this.depth > 0) return statements;
        this.expressions.syntaxErrors.push(this.cursor.unread('syntax', this.cursor.index - 1));
      } else if (!this.cursor.take(';')) {
        const from = this.cursor.index;
        const statement = this.statement();
        if (statement !== null) statements.push(statement);
        if (this.cursor.index === from) this.cursor.advance();
      }
    }
    return statements;
  }

  private statement(): Statement | null {
    const { token } = this.cursor;
    if (this.cursor.isSymbol('{')) return this.bareBlock();
    if (token.kind === 'word' && !this.cursor.isFatCommaNext()) {
      if (directives.has(token.text)) return this.passDirective();
      if (token.text === 'sub' && this.cursor.next.kind === 'word') return this.subroutine(this.cursor.next.text);
      if (conditions.has(token.text)) return this.compound('condition');
      if (loops.has(token.text)) return this.compound('loop');
      if (phases.has(token.text)) return this.compound('code');
      if (this.isCodeBlock()) return this.codeBlock();
    }
    const from = this.cursor.index;
    return this.modified(this.simple(from), from);
  }

  private isCodeBlock(): boolean {
    const { next } = this.cursor;
    return this.cursor.isWord(codeBlocks) && next.kind === 'symbol' && next.text === '{';
  }

  private bareBlock(): Statement {
    const from = this.cursor.index;
    const { start } = this.cursor.token;
    const body = this.body();
    return { kind: 'block', body, text: this.cursor.excerpt(from), start, end: this.cursor.end };
  }

  /** The statements between the braces that begin here. */
  private body(): readonly Statement[] {
    if (this.depth >= depthLimit) {
      const from = this.cursor.index;
      this.cursor.skipBalanced();
      return [this.cursor.unread('too-deep', from)];
    }
    if (!this.cursor.take('{')) return [];
    this.depth += 1;
    const statements = this.statements();
    this.depth -= 1;
    return statements;
  }

  /** `package`, `use`, `no` set nothing that could be read. */
  private passDirective(): null {
    this.cursor.skipTo(statementEnds);
    return null;
  }

  private subroutine(name: string): Statement | null {
    const from = this.cursor.index;
    const { start } = this.cursor.token;
    this.cursor.advance();
    this.cursor.advance();
    this.cursor.skipTo(blockStarts);
    if (!this.cursor.isSymbol('{')) return null;
    if (name !== 'Load' || this.depth > 0) {
      this.cursor.skipBalanced();
      return null;
    }
    return { kind: 'load', body: this.body(), text: this.cursor.excerpt(from), start, end: this.cursor.end };
  }

  /** `if (…) {…} elsif (…) {…} else {…}`, loops, and blocks of code that may fail half way. */
  private compound(code: UnreadCode): Statement {
    const from = this.cursor.index;
    const { start } = this.cursor.token;
    const body: Statement[] = [];
    do {
      this.cursor.advance();
      this.cursor.skipTo(blockStarts);
      body.push(...this.body());
    } while (this.cursor.isWord(continuations));
    return { kind: 'sometimes', code, body, text: this.cursor.excerpt(from), start, end: this.cursor.end };
  }

  /** `eval {…}` and `do {…}` are expressions: something may follow before the semicolon. */
  private codeBlock(): Statement {
    const statement = this.compound('code');
    this.passDirective();
    return statement;
  }

  private simple(from: number): Statement | null {
    const { start } = this.cursor.token;
    const word = this.cursor.token.kind === 'word' && !this.cursor.isFatCommaNext() ? this.cursor.token.text : '';
    if (word === 'return') {
      this.cursor.advance();
      this.expressions.openItems();
      return { kind: 'return', text: this.cursor.excerpt(from), start, end: this.cursor.end };
    }
    if (word === 'my' || word === 'our') return this.declaration(from);
    if (word === 'push' || word === 'unshift') return this.push(from, word === 'push' ? 'end' : 'start');
    if (word === 'delete') return this.deletion(from);
    const target = this.expressions.sum();
    for (const operator of assignmentOperators) {
      if (this.cursor.take(operator)) {
        const value = this.expressions.item();
        return { kind: 'assign', target, operator, value, text: this.cursor.excerpt(from), start, end: this.cursor.end };
      }
    }
    if (target.kind === 'constant' && this.isAtStatementEnd()) return null;
    if (target.kind === 'unread' && this.isAtStatementEnd()) return target;
    const isAssignment = this.cursor.token.kind === 'symbol' && /[^=!<>]=$/.test(this.cursor.token.text);
    this.skipRest();
    return this.cursor.unread(isAssignment ? 'assignment' : 'code', from);
  }

  private declaration(from: number): Statement {
    const { start } = this.cursor.advance();
    const names: string[] = [];
    const isList = this.cursor.take('(');
    while (this.cursor.token.kind !== 'end' && !this.cursor.isOneOf(declarationEnds)) {
      const token = this.cursor.advance();
      if (token.kind === 'variable') names.push(token.sigil + token.name);
    }
    if (isList) this.cursor.take(')');
    const value = this.cursor.take('=') ? this.declaredValue() : null;
    return { kind: 'declare', names, value, text: this.cursor.excerpt(from), start, end: this.cursor.end };
  }

  /** What the helpdesk passes to Load: `shift` or `@_`. */
  private declaredValue(): Expression | 'parameters' {
    const { token, next } = this.cursor;
    const isAlone = next.kind === 'symbol' && (next.text === ';' || next.text === '}');
    const isParameters = (token.kind === 'word' && token.text === 'shift') || (token.kind === 'variable' && token.name === '_');
    if (!isAlone || !isParameters) return this.expressions.item();
    this.cursor.advance();
    return 'parameters';
  }

  private push(from: number, at: 'start' | 'end'): Statement {
    const { start } = this.cursor.advance();
    const isBracketed = this.cursor.take('(');
    const target = this.expressions.item();
    const items: readonly Item[] = isBracketed ? this.expressions.items(')') : this.expressions.openItems();
    return { kind: 'push', target, at, items, text: this.cursor.excerpt(from), start, end: this.cursor.end };
  }

  private deletion(from: number): Statement {
    const { start } = this.cursor.advance();
    const isBracketed = this.cursor.take('(');
    const target = this.expressions.item();
    if (isBracketed) this.cursor.take(')');
    return { kind: 'delete', target, text: this.cursor.excerpt(from), start, end: this.cursor.end };
  }

  private isAtStatementEnd(): boolean {
    return this.cursor.token.kind === 'end' || this.cursor.isOneOf(statementEnds);
  }

  private skipRest(): void {
    this.cursor.skipTo(statementEnds);
  }

  /** Ends the statement: a modifier makes it run only sometimes, and nothing else may stand before the semicolon. */
  private modified(statement: Statement | null, from: number): Statement | null {
    if (this.isAtStatementEnd()) return statement;
    const { token } = this.cursor;
    const startsLine = this.cursor.isOnNewLine() && (token.kind === 'variable' || token.kind === 'word');
    const modifier = token.kind === 'word' ? token.text : '';
    if (modifiers.has(modifier)) {
      this.skipRest();
      if (statement === null) return null;
      const code = loops.has(modifier) ? 'loop' : 'condition';
      const { start, end } = statement;
      return { kind: 'sometimes', code, body: [statement], text: this.cursor.excerpt(from), start, end };
    }
    if (startsLine) {
      // The semicolon was forgotten: what begins on the new line is a statement of its own.
      this.expressions.syntaxErrors.push(this.cursor.unread('syntax', this.cursor.index));
      return statement;
    }
    this.skipRest();
    return this.cursor.unread('syntax', from);
  }
}
