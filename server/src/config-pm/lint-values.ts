/** Content of a file of ours or of a Config.pm: nothing of it is checked yet. */
export type Content = Readonly<Record<string, unknown>>;

export function isContent(value: unknown): value is Content {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** Numbers are text where text is asked for; anything else is none. */
export function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

/** The text as it is: a space may be meant. */
export function rawText(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

/** What Perl takes for true. */
export function isOn(value: unknown): boolean {
  return isGiven(value) && value !== false && value !== 0 && value !== '0' && value !== '';
}

export function numberOrNull(value: unknown): number | null {
  const text = textOf(value);
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}

export function namesOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(textOf).filter((name) => name !== '') : [];
}

export type ValueType = 'text' | 'flag' | 'number' | 'list' | 'hash' | 'texts';

/** What a key must be, in words, and how it is written; by type. */
export const valueWords: Readonly<Record<ValueType, { readonly expected: string; readonly example: string }>> = {
  text: { expected: 'text', example: "'text'" },
  flag: { expected: '0 or 1', example: '0 or 1' },
  number: { expected: 'a whole number', example: '250' },
  list: { expected: 'a list of names', example: "[ 'first_name', 'last_name', 'email' ]" },
  hash: { expected: 'keys with values', example: '{ Key => value }' },
  texts: { expected: 'text, or a list of texts', example: "'text'" },
};

export function isOfType(value: unknown, type: ValueType): boolean {
  const isText = typeof value === 'string' || typeof value === 'number';
  switch (type) {
    case 'text':
      return isText;
    case 'flag':
      return typeof value === 'boolean' || value === '' || textOf(value) === '0' || textOf(value) === '1';
    case 'number':
      return numberOrNull(value) !== null;
    case 'list':
      return Array.isArray(value) && value.every((name) => textOf(name) !== '');
    case 'hash':
      return isContent(value);
    case 'texts':
      return isText || (Array.isArray(value) && value.every((entry) => typeof entry === 'string'));
  }
}
