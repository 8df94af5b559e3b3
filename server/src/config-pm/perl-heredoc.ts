import type { TextPart } from './perl-token.js';
import { doubleQuoted } from './perl-quotes.js';

const openingPattern = /<<(~?)(?:[ \t]*"([^"\n]{0,200})"|[ \t]*'([^'\n]{0,200})'|([A-Za-z_]\w{0,200}))/y;

interface Heredoc {
  readonly parts: readonly TextPart[];
  /** Behind the opening `<<'EOT'`. */
  readonly end: number;
  /** Behind the line that closes the body. */
  readonly behind: number;
}

/**
 * Reads a heredoc at `at`; its body begins on the next line, or behind an earlier heredoc of the same line. `null`:
 * none begins here.
 */
export function readHeredoc(source: string, at: number, behindEarlier: number | null): Heredoc | 'unterminated' | null {
  openingPattern.lastIndex = at;
  const opening = openingPattern.exec(source);
  if (opening === null) return null;
  const end = openingPattern.lastIndex;
  const [, indent = '', double, single, bare] = opening;
  const terminator = double ?? single ?? bare ?? '';
  const lines: string[] = [];
  const newline = source.indexOf('\n', end);
  let position = behindEarlier ?? (newline === -1 ? source.length : newline + 1);
  while (position < source.length) {
    const lineEnd = source.indexOf('\n', position);
    const line = source.slice(position, lineEnd === -1 ? source.length : lineEnd);
    position = lineEnd === -1 ? source.length : lineEnd + 1;
    if ((indent === '~' ? line.trimStart() : line) === terminator) {
      const body = (indent === '~' ? withoutIndent(lines) : lines).map((text) => `${text}\n`).join('');
      return { parts: single === undefined ? doubleQuoted(body) : [body], end, behind: position };
    }
    lines.push(line);
  }
  return 'unterminated';
}

/** `<<~` takes away the smallest indentation of the lines that are not blank. */
function withoutIndent(lines: readonly string[]): readonly string[] {
  const filled = lines.filter((line) => line.trim() !== '');
  const smallest = filled.reduce((least, line) => Math.min(least, line.length - line.trimStart().length), Infinity);
  const width = Number.isFinite(smallest) ? smallest : 0;
  return lines.map((line) => (line.trim() === '' ? line.slice(Math.min(width, line.length)) : line.slice(width)));
}
