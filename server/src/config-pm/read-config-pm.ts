import { DomainError } from '../kernel/errors.js';
import { parseConfigPm } from './parse-config-pm.js';
import type { UnreadCode } from './perl-token.js';
import { perlValueOf, type PerlHash, type PerlUnread, type PlainValue } from './perl-value.js';
import { StatementRunner } from './run-statements.js';
import { normalizeSource, SourceText, type Span } from './source-text.js';
import { tokenizePerl } from './tokenize-perl.js';

/** Ten times the longest Config.pm one meets, and read in well under a second. */
export const sizeLimit = 500_000;
/** Behind so many the last note says that there are more. */
const noteLimit = 1000;

/** What could not be known statically. The value stays unread, everything around it is read. */
export interface UnreadNote {
  readonly code: UnreadCode;
  /** Lines and columns count from 1. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  /** A short excerpt of the code, without any quoted text: it may be a secret. */
  readonly text: string;
  /** The key that has no value, or not this one, because of it: `CustomerUser.Params.Table`; `null`: none in particular. */
  readonly skipped: string | null;
}

export interface ConfigPm {
  /** All that `Load` puts into `$Self`. */
  readonly values: PerlHash;
  /** In the order of the file. */
  readonly unread: readonly UnreadNote[];
}

export class ConfigPmTooLarge extends DomainError {
  constructor(length: number) {
    super('request.too-large', { message: `The file has ${length} characters; up to ${sizeLimit} are read.` });
  }
}

/**
 * Reads a helpdesk's `Kernel/Config.pm` without running it: text in, values with their places out. `defaults` is what
 * the helpdesk has set before this file is loaded. Throws ConfigPmTooLarge and nothing else.
 */
export function readConfigPm(text: string, defaults: { readonly [key: string]: PlainValue } = {}): ConfigPm {
  if (text.length > sizeLimit) throw new ConfigPmTooLarge(text.length);
  const source = new SourceText(normalizeSource(text));
  const notes: (UnreadNote & Span)[] = [];
  const note = (unread: Omit<PerlUnread, 'kind' | 'at'>, skipped: string | null): void => {
    if (notes.length >= noteLimit) return;
    const { start, end } = unread;
    const code = notes.length === noteLimit - 1 ? 'too-many' : unread.code;
    const { line, column } = source.placeOf(start);
    const endLine = source.placeOf(Math.max(start, end - 1)).line;
    notes.push({ code, line, column, endLine, text: unread.text, skipped: skipped === '' ? null : skipped, start, end });
  };

  const { statements, syntaxErrors } = parseConfigPm(tokenizePerl(source.text), source.text);
  for (const error of syntaxErrors) note(error, null);
  const root: PerlHash = { kind: 'hash', entries: new Map(), at: null };
  for (const [key, value] of Object.entries(defaults)) root.entries.set(key, perlValueOf(value));
  new StatementRunner(source, root, note).run(statements);

  notes.sort((one, other) => one.start - other.start);
  return { values: root, unread: notes.map(({ start: _start, end: _end, ...kept }) => kept) };
}
