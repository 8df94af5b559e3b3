import type { FieldValue } from '../../../../server/contract/field.js';

/** A whole number, nothing for empty text, and else the text itself: the server says what is wrong with it. */
export function numberFrom(text: string): FieldValue {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  return /^-?\d{1,15}$/u.test(trimmed) ? Number(trimmed) : text;
}
