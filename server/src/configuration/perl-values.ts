import { z } from 'zod';

/**
 * Values as operators write them: the helpdesk's 0 and 1, or true and false. `null` stands for "not given" (undef)
 * and is taken out before these schemas see it.
 */
export const flag = z
  .union([z.boolean(), z.literal([0, 1, '0', '1', ''])], expected('0 or 1'))
  .transform((value) => value === true || value === 1 || value === '1');

export const wholeNumber = z
  .union([z.number(), z.string().regex(/^\d+$/).transform(Number)], expected('a whole number'))
  .refine((value) => Number.isSafeInteger(value) && value >= 0, { error: 'expected a whole number from 0' });

/** Numbers are text where text is asked for: `Name: 5`. */
export const text = z.union([z.string(), z.number().transform(String)], expected('text'));

export const filledText = text.refine((value) => value.trim() !== '', { error: 'must not be empty' });

export const names = z.array(filledText, expected('a list of names'));

export const record = z.record(z.string(), z.unknown(), expected('keys with values'));

/** A fault in the operator's words. What was given is not quoted: it may be a password. */
export function expected(what: string): { error: (issue: { readonly input?: unknown }) => string } {
  return { error: ({ input }) => (input === undefined ? 'is missing' : `expected ${what}`) };
}

/** The object without the keys whose value is `null`. */
export function withoutNulls(given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
}
