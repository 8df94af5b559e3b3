const plainEscapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  f: '\f',
  b: '\b',
  a: '\x07',
  e: '\x1b',
};

/** Each reads one numeric escape from its own start; the group is the digits. */
const numericEscapes: readonly { pattern: RegExp; radix: number }[] = [
  { pattern: /\\x\{\s{0,20}([0-9A-Fa-f_]{0,40})\s{0,20}\}/y, radix: 16 },
  { pattern: /\\x([0-9A-Fa-f]{0,2})/y, radix: 16 },
  { pattern: /\\o\{\s{0,20}([0-7_]{1,40})\s{0,20}\}/y, radix: 8 },
  { pattern: /\\([0-7]{1,3})/y, radix: 8 },
  { pattern: /\\N\{U\+([0-9A-Fa-f_]{1,40})\}/y, radix: 16 },
];

/** The text of the escape at a backslash of a double-quoted text (perlop, "Quote and Quote-like Operators"); `null`: not known. */
export function unescapeDouble(content: string, at: number): { text: string | null; end: number } {
  const next = content.charAt(at + 1);
  const plain = Object.hasOwn(plainEscapes, next) ? plainEscapes[next] : undefined;
  if (plain !== undefined) return { text: plain, end: at + 2 };
  for (const { pattern, radix } of numericEscapes) {
    pattern.lastIndex = at;
    const found = pattern.exec(content);
    if (found !== null) return { text: characterOf(found[1] ?? '', radix), end: pattern.lastIndex };
  }
  if (next === 'c') {
    const control = content.charAt(at + 2).toUpperCase();
    const known = /^[@A-Z[\]^_?]$/.test(control);
    return { text: known ? String.fromCharCode(control.charCodeAt(0) ^ 64) : null, end: at + 3 };
  }
  // Change of case (\U, \L, \Q, \F, \u, \l) and names of characters are computed by Perl; digits above 7 are references.
  if (/^[A-Za-z0-9]$/.test(next)) return { text: next === 'E' ? '' : /[ULQFulNo89]/.test(next) ? null : next, end: at + 2 };
  const whole = String.fromCodePoint(content.codePointAt(at + 1) ?? 0x5c);
  return { text: whole, end: at + 1 + whole.length };
}

function characterOf(digits: string, radix: number): string | null {
  const point = Number.parseInt(digits.replaceAll('_', '') || '0', radix);
  const isCharacter = point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff);
  return isCharacter ? String.fromCodePoint(point) : null;
}
