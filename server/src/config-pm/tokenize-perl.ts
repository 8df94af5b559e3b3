import { readNumber } from './perl-numbers.js';
import { doubleQuoted, readDelimited, singleQuoted, wordList } from './perl-quotes.js';
import type { Token, UnreadCode } from './perl-token.js';
import { readHeredoc } from './perl-heredoc.js';

/** Behind so many quotes without an end the rest of the file is not looked at: each costs a walk to the end of it. */
const unterminatedLimit = 20;

const wordPattern = /[\p{L}_][\p{L}\p{N}_]*(?:::[\p{L}_][\p{L}\p{N}_]*)*(?:::)?/uy;
const variablePattern = /[$@%&](?:::)?[\p{L}_][\p{L}\p{N}_]*(?:::[\p{L}_][\p{L}\p{N}_]*)*/uy;
const specialScalarPattern = /\$(?:\d+|\^[A-Z]|[&`'+!@/\\,;.0<>()[\]?|"-])/y;
const symbolPattern =
  /<=>|\*\*=|\|\|=|&&=|\/\/=|<<=|>>=|\.\.\.|->|=>|==|!=|<=|>=|=~|!~|\*\*|\+\+|--|&&|\|\||\/\/|\.\.|::|\+=|-=|\*=|\/=|%=|\.=|&=|\|=|\^=|<<|>>|[\s\S]/y;
const podPattern = /=[A-Za-z]/y;
const spacePattern = /[ \t\r\f\v]+/y;
const flagsPattern = /[a-z]*/y;
const readlinePattern = /<[$\w:*.~/ -]{0,100}>/y;
const quoteLike = new Set(['q', 'qq', 'qw', 'qx', 'qr', 'm', 's', 'tr', 'y']);
/** Words behind which Perl expects a term, so that a slash begins a regular expression. */
const beforeTerm = new Set(
  'and or not xor if elsif unless while until for foreach return push unshift split grep map join lt gt le ge eq ne cmp x else do eval my our local keys values each delete exists defined scalar ref'.split(' '),
);

type Brace = 'subscript' | 'term' | 'block';

/**
 * Splits Perl source into tokens, as far as the subset of a configuration file and safe skipping of all else need it.
 * Comments, POD and what follows `__END__` are left out. Linear in the length of the text; never throws.
 */
export function tokenizePerl(source: string): readonly Token[] {
  return new Tokenizer(source).run();
}

class Tokenizer {
  private readonly tokens: Token[] = [];
  private readonly braces: Brace[] = [];
  private position = 0;
  /** Where reading goes on behind the bodies of the heredocs that began on this line. */
  private behindHeredocs: number | null = null;
  private expects: 'term' | 'operator' = 'term';
  private unterminated = 0;

  constructor(private readonly source: string) {}

  run(): readonly Token[] {
    this.skipPod();
    for (;;) {
      this.skipSpace();
      if (this.position >= this.source.length || this.isLogicalEnd()) break;
      this.readToken();
    }
    this.tokens.push({ kind: 'end', start: this.position, end: this.position });
    return this.tokens;
  }

  private isLogicalEnd(): boolean {
    if (this.unterminated >= unterminatedLimit) return true;
    const character = this.source[this.position];
    if (character === '\x04' || character === '\x1a') return true;
    const word = this.peek(wordPattern);
    return (word === '__END__' || word === '__DATA__') && !this.isFatCommaAt(this.position + word.length);
  }

  private skipSpace(): void {
    while (this.position < this.source.length) {
      const character = this.source[this.position];
      if (character === '\n') {
        // A text over several lines may already have passed the body.
        this.position = Math.max(this.behindHeredocs ?? 0, this.position + 1);
        this.behindHeredocs = null;
        this.skipPod();
      } else if (character === '#') {
        const end = this.source.indexOf('\n', this.position);
        this.position = end === -1 ? this.source.length : end;
      } else if (this.peek(spacePattern) !== null) this.position = spacePattern.lastIndex;
      else return;
    }
  }

  /** At the start of a line: `=word` where no operator can stand begins POD, a line `=cut` ends it. */
  private skipPod(): void {
    while (this.expects === 'term' && this.peek(podPattern) !== null) {
      const cut = /\n=cut(?![A-Za-z])[^\n]*/g;
      cut.lastIndex = this.position;
      this.position = cut.exec(this.source) === null ? this.source.length : cut.lastIndex + 1;
    }
  }

  private readToken(): void {
    const character = this.source.charAt(this.position);
    const word = this.peek(wordPattern);
    if (word !== null) return this.readWord(word);
    if (/\d/.test(character) || (character === '.' && this.expects === 'term' && /\d/.test(this.source.charAt(this.position + 1)))) {
      return this.readNumberToken();
    }
    if (character === '$') return this.readScalar();
    if (character === '@') return this.readSigil(character);
    if ((character === '%' || character === '&') && this.expects === 'term') return this.readSigil(character);
    if (character === "'") return this.readQuotes('q', this.position);
    if (character === '"') return this.readQuotes('qq', this.position);
    if (character === '`') return this.readQuotes('qx', this.position);
    if (character === '/' && this.expects === 'term') return this.readQuotes('m', this.position);
    if (character === '<' && (this.expects === 'term' || this.tokens.at(-1)?.kind === 'word') && this.readAngle()) return;
    return this.readSymbol();
  }

  private readWord(word: string): void {
    const start = this.position;
    const end = start + word.length;
    if (this.expects === 'operator' && /^x\d*$/.test(word) && !this.isFatCommaAt(end)) {
      const isAssignment = word === 'x' && this.source[end] === '=' && this.source[end + 1] !== '=' && this.source[end + 1] !== '~';
      return this.add({ kind: 'symbol', text: isAssignment ? 'x=' : 'x', start, end: start + (isAssignment ? 2 : 1) }, 'term');
    }
    if (quoteLike.has(word)) {
      const delimiter = this.delimiterBehind(end);
      if (delimiter !== null) return this.readQuotes(word, delimiter);
    }
    this.add({ kind: 'word', text: word, start, end }, beforeTerm.has(word) ? 'term' : 'operator');
  }

  /** Where the delimiter of `q`, `s`, `y` … stands; `null` where the word is a name: a key, a method, a file test. */
  private delimiterBehind(end: number): number | null {
    const last = this.tokens.at(-1);
    if (last?.kind === 'symbol' && last.text === '->') return null;
    if (last?.kind === 'symbol' && last.text === '-' && last.end === this.position) return null;
    if (last?.kind === 'word' && last.text === 'sub') return null;
    let at = end;
    while (/\s/.test(this.source.charAt(at))) at += 1;
    const delimiter = this.source.charAt(at);
    if (delimiter === '' || this.isFatCommaAt(end)) return null;
    if (delimiter === '}' && last?.kind === 'symbol' && last.text === '{') return null;
    // Behind white space a hash sign begins a comment.
    return delimiter === '#' && at !== end ? null : at;
  }

  private isFatCommaAt(end: number): boolean {
    let at = end;
    while (/\s/.test(this.source.charAt(at))) at += 1;
    return this.source.startsWith('=>', at);
  }

  private readNumberToken(): void {
    const start = this.position;
    const number = readNumber(this.source, start);
    this.add({ kind: 'number', value: number.value, start, end: number.end }, 'operator');
  }

  private readScalar(): void {
    const start = this.position;
    const name = this.peek(variablePattern);
    if (name !== null) return this.addVariable('$', name.slice(1));
    if (this.source.startsWith('$#', start)) return this.add({ kind: 'cast', sigil: '$#', start, end: start + 2 }, 'term');
    if (/[{$]/.test(this.source.charAt(start + 1))) return this.add({ kind: 'cast', sigil: '$', start, end: start + 1 }, 'term');
    const special = this.peek(specialScalarPattern);
    if (special !== null) return this.addVariable('$', special.slice(1));
    return this.readSymbol();
  }

  private readSigil(sigil: string): void {
    const start = this.position;
    const name = this.peek(variablePattern);
    if (name !== null) return this.addVariable(sigil, name.slice(1));
    if (/[{$]/.test(this.source.charAt(start + 1))) return this.add({ kind: 'cast', sigil, start, end: start + 1 }, 'term');
    return this.readSymbol();
  }

  private addVariable(sigil: string, name: string): void {
    const start = this.position;
    this.add({ kind: 'variable', sigil, name, start, end: start + 1 + name.length }, 'operator');
  }

  private readQuotes(operator: string, delimiter: number): void {
    const start = this.position;
    const first = readDelimited(this.source, delimiter);
    if (first === null) return this.addUnterminated(start);
    if (operator === 'q') return this.add({ kind: 'text', parts: [singleQuoted(first)], start, end: first.end }, 'operator');
    if (operator === 'qq') return this.add({ kind: 'text', parts: doubleQuoted(first.content), start, end: first.end }, 'operator');
    if (operator === 'qw') return this.add({ kind: 'words', words: wordList(first), start, end: first.end }, 'operator');
    if (operator === 'qx') return this.addOpaque('command', start, first.end);
    if (operator === 'm' || operator === 'qr') return this.addOpaque('regular-expression', start, this.endOfFlags(first.end));
    const second = readDelimited(this.source, first.open === first.close ? first.end - 1 : this.nextVisible(first.end));
    if (second === null) return this.addUnterminated(start);
    return this.addOpaque('regular-expression', start, this.endOfFlags(second.end));
  }

  private nextVisible(from: number): number {
    let at = from;
    while (/\s/.test(this.source.charAt(at))) at += 1;
    return at;
  }

  private endOfFlags(from: number): number {
    flagsPattern.lastIndex = from;
    flagsPattern.exec(this.source);
    return flagsPattern.lastIndex;
  }

  private readAngle(): boolean {
    const start = this.position;
    const heredoc = readHeredoc(this.source, start, this.behindHeredocs);
    if (heredoc === 'unterminated') {
      this.addUnterminated(start);
      return true;
    }
    if (heredoc !== null) {
      this.behindHeredocs = heredoc.behind;
      this.add({ kind: 'text', parts: heredoc.parts, start, end: heredoc.end }, 'operator');
      return true;
    }
    if (this.peek(readlinePattern) === null) return false;
    this.addOpaque('command', start, readlinePattern.lastIndex);
    return true;
  }

  private readSymbol(): void {
    const start = this.position;
    const text = this.peek(symbolPattern) ?? '';
    this.add({ kind: 'symbol', text, start, end: start + Math.max(1, text.length) }, this.expectedBehind(text));
  }

  private expectedBehind(symbol: string): 'term' | 'operator' {
    if (symbol === '{') this.braces.push(this.braceKind());
    if (symbol === '}') return this.braces.pop() === 'block' ? 'term' : 'operator';
    return symbol === ')' || symbol === ']' ? 'operator' : 'term';
  }

  private braceKind(): Brace {
    const last = this.tokens.at(-1);
    if (last === undefined || last.kind === 'word') return 'block';
    if (last.kind === 'cast' || last.kind === 'variable') return 'subscript';
    if (last.kind !== 'symbol') return 'term';
    if (last.text === '->' || last.text === ']') return 'subscript';
    if (last.text === '}') return this.expects === 'operator' ? 'subscript' : 'block';
    if (last.text === '{') return this.braces.at(-1) === 'block' ? 'block' : 'term';
    return last.text === ';' || last.text === ')' ? 'block' : 'term';
  }

  private addUnterminated(start: number): void {
    this.unterminated += 1;
    const lineEnd = this.source.indexOf('\n', start);
    this.addOpaque('unterminated', start, lineEnd === -1 ? this.source.length : lineEnd);
  }

  private addOpaque(code: UnreadCode, start: number, end: number): void {
    this.add({ kind: 'opaque', code, start, end }, 'operator');
  }

  private add(token: Token, expects: 'term' | 'operator'): void {
    this.tokens.push(token);
    this.position = token.end;
    this.expects = expects;
  }

  private peek(pattern: RegExp): string | null {
    pattern.lastIndex = this.position;
    return pattern.exec(this.source)?.[0] ?? null;
  }
}
