import type { TextPart } from './perl-token.js';
import { unescapeDouble } from './perl-escapes.js';

/** What stands between two delimiters; `end` is behind the closing one. */
export interface Quoted {
  readonly content: string;
  readonly open: string;
  readonly close: string;
  readonly end: number;
}

const pairs: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };

/** Brackets of one kind nest; a backslash takes the next character with it. `null`: the text ends first. */
export function readDelimited(source: string, at: number): Quoted | null {
  const open = source.charAt(at);
  const close = pairs[open] ?? open;
  let depth = 1;
  for (let index = at + 1; index < source.length; index += 1) {
    const character = source[index];
    if (character === '\\') index += 1;
    else if (character === close) {
      depth -= 1;
      if (depth === 0) return { content: source.slice(at + 1, index), open, close, end: index + 1 };
    } else if (character === open) depth += 1;
  }
  return null;
}

export function singleQuoted({ content, open, close }: Quoted): string {
  if (!content.includes('\\')) return content;
  return content.replace(/\\([\s\S])/g, (both, next: string) =>
    next === '\\' || next === open || next === close ? next : both,
  );
}

export function wordList(quoted: Quoted): readonly string[] {
  return quoted.content
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => singleQuoted({ ...quoted, content: word }));
}

const identifier = /\$(?:\{\s*(\w+)\s*\}|((?:::)?[\p{L}_][\p{L}\p{N}_]*(?:::[\p{L}_][\p{L}\p{N}_]*)*))/uy;
const subscript = /(?:->)?(?:\{\s*(?:(-?[\p{L}_][\p{L}\p{N}_]*)|'([^'\\]*)'|"([^"\\$@]*)"|(0|[1-9]\d{0,15}))\s*\}|\[\s*(-?\d{1,9})\s*\])/uy;

/** Splits a double-quoted text into plain text, variables with known subscripts, and what cannot be known. */
export function doubleQuoted(content: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let plain = '';
  const add = (part: TextPart): void => {
    if (plain !== '') parts.push(plain);
    plain = '';
    parts.push(part);
  };
  let at = 0;
  while (at < content.length) {
    const character = content.charAt(at);
    if (character === '\\') {
      const escape = unescapeDouble(content, at);
      if (escape.text === null) add({ unread: 'interpolation' });
      else plain += escape.text;
      at = escape.end;
    } else if (character === '$') {
      const { part, end } = readVariable(content, at);
      add(part);
      at = end;
    } else if (character === '@' && /^[\p{L}_:{$+-]/u.test(content.slice(at + 1, at + 3))) {
      add({ unread: 'interpolation' });
      at += 1;
    } else {
      plain += character;
      at += 1;
    }
  }
  if (plain !== '' || parts.length === 0) parts.push(plain);
  return parts;
}

function readVariable(content: string, at: number): { part: TextPart; end: number } {
  identifier.lastIndex = at;
  const found = identifier.exec(content);
  if (found === null) return { part: { unread: 'interpolation' }, end: at + 1 };
  let end = identifier.lastIndex;
  const path: (string | number)[] = [];
  for (;;) {
    subscript.lastIndex = end;
    const step = subscript.exec(content);
    if (step === null) break;
    const [, bare, single, double, digits, index] = step;
    path.push(index === undefined ? (bare ?? single ?? double ?? digits ?? '') : Number(index));
    end = subscript.lastIndex;
  }
  // A computed subscript, or the old package separator as in "$name's": what Perl makes of it is not ours to guess.
  if (/^(?:->)?[[{]|^->[@%$]|^'[\p{L}_]/u.test(content.slice(end, end + 3))) return { part: { unread: 'interpolation' }, end };
  return { part: { variable: found[1] ?? found[2] ?? '', path }, end };
}
