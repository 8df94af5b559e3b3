import type { Span } from './source-text.js';

/** Why a place of the file cannot be known without running it. Each has its sentence in `lint-messages.ts`. */
export const unreadCodes = [
  'call',
  'environment',
  'condition',
  'loop',
  'code',
  'regular-expression',
  'command',
  'variable',
  'not-set',
  'interpolation',
  'operator',
  'number',
  'assignment',
  'syntax',
  'unterminated',
  'too-deep',
  'too-large',
  'too-many',
  'unreachable',
  'no-load',
] as const;
export type UnreadCode = (typeof unreadCodes)[number];

/** A variable inside a double-quoted text with its subscripts: `$Self->{Database}` is `Self` and `['Database']`. */
export interface VariablePart {
  readonly variable: string;
  readonly path: readonly (string | number)[];
}
export interface UnreadPart {
  readonly unread: UnreadCode;
}
export type TextPart = string | VariablePart | UnreadPart;

/**
 * `word` a bareword · `variable` with its sigil (`$x`, `@x`, `%x`, `&x`) · `cast` a sigil before `{` or `$` ·
 * `text` any quoted text, heredocs too · `words` a qw list · `opaque` what is never evaluated · `symbol` punctuation.
 */
export type Token = Span &
  (
    | { readonly kind: 'word'; readonly text: string }
    | { readonly kind: 'variable'; readonly sigil: string; readonly name: string }
    | { readonly kind: 'cast'; readonly sigil: string }
    | { readonly kind: 'number'; readonly value: number | null }
    | { readonly kind: 'text'; readonly parts: readonly TextPart[] }
    | { readonly kind: 'words'; readonly words: readonly string[] }
    | { readonly kind: 'opaque'; readonly code: UnreadCode }
    | { readonly kind: 'symbol'; readonly text: string }
    | { readonly kind: 'end' }
  );
