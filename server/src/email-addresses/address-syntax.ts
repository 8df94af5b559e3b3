/** RFC 822 atoms: any visible ASCII character but the specials. */
const atom = "[!#$%&'*+/0-9=?A-Z^_`a-z{|}~-]+";
const dotAtom = `${atom}(?:\\.${atom})*`;
const quoted = '"(?:[^"\\\\\\x00-\\x1f\\x7f]|\\\\[\\x20-\\x7e])*"';
const addressShape = new RegExp(
  `^(?:${dotAtom}|${quoted})@(?:${atom}(?:\\.${atom})+|\\[\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\])$`,
);
const word = `(?:${atom}|${quoted})`;
const phraseShape = new RegExp(`^${word}(?: +${word})*$`);

export const longestAddress = 254;

/**
 * The bare address in what was typed, or `null` when the shape is wrong: `anna@example.com`, also behind a name
 * (`"Anna" <anna@example.com>`) and before a comment (`anna@example.com (Anna)`). RFC 822 as the helpdesk reads it:
 * ASCII, a full domain or an IPv4 literal, no dot at the edge of the local part nor twice in a row.
 */
export function bareAddress(typed: string): string | null {
  const text = withoutComment(typed);
  if (text.length > longestAddress || !/^[\x20-\x7e]+$/.test(text)) return null;
  if (text.includes('..') || text.includes('.@')) return null;
  const address = withoutName(text);
  return address !== null && addressShape.test(address) ? address : null;
}

/** What a mail server would be asked for: the domain, or the address in a literal without its brackets. */
export function mailDomain(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).replace(/^\[|\]$/g, '');
}

function withoutComment(typed: string): string {
  const end = typed.trimEnd();
  if (!end.endsWith(')')) return typed;
  const start = end.lastIndexOf('(');
  return start < 0 ? typed : end.slice(0, start).trimEnd();
}

function withoutName(text: string): string | null {
  if (!text.endsWith('>')) return text;
  const start = text.lastIndexOf('<');
  const name = text.slice(0, start).trim();
  return start > 0 && phraseShape.test(name) ? text.slice(start + 1, -1) : null;
}
