import type { Engine } from './database.js';

/** A condition with `?` for its values, for `portable`. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly string[];
}

/** A column of the helpdesk's, by our own writing of its name, and whether its collation compares in any case by itself. */
export interface TextColumn {
  readonly name: string;
  readonly ignoresCase: boolean;
}

/**
 * Rows whose column is one of the texts in any case, in either Unicode form. It may find a few more: the collations of
 * the MySQL family take some letters for others. Whoever needs it exact compares `foldKey` afterwards.
 */
export function equalsInAnyCase(engine: Engine, { name, ignoresCase }: TextColumn, texts: readonly string[]): Condition {
  const values = [...new Set(texts.filter(isStorable).flatMap((text) => [text.normalize('NFC'), text.normalize('NFD')]))];
  if (values.length === 0) return { sql: '1 = 0', values: [] };
  const marks = (mark: string): string => values.map(() => mark).join(', ');
  if (engine === 'postgres') return { sql: `LOWER(${name}) IN (${marks('LOWER(?)')})`, values };
  if (ignoresCase && values.every(isAscii)) return { sql: `${name} IN (${marks('?')})`, values };
  // a column of three bytes a character cannot be compared with more, and its collation takes all emoji for one
  return { sql: `LOWER(CONVERT(${name} USING utf8mb4)) COLLATE utf8mb4_bin IN (${marks('LOWER(?)')})`, values };
}

/** NUL and half characters are in no stored text, and not every engine takes them as a value. */
export function isStorable(text: string): boolean {
  return !/\0|\p{Cs}/u.test(text);
}

function isAscii(text: string): boolean {
  return !/[^\0-\x7F]/.test(text);
}
