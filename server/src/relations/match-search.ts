import type { SearchExpression } from '../backends/index.js';

/** Whether one of the texts holds what is searched for: in any case and with any accents, as people look for names. */
export function matchesSearch(expression: SearchExpression | null, texts: readonly string[]): boolean {
  return expression === null || matches(expression, texts.map(folded));
}

function matches(expression: SearchExpression, texts: readonly string[]): boolean {
  switch (expression.kind) {
    case 'and':
      return expression.parts.every((part) => matches(part, texts));
    case 'or':
      return expression.parts.some((part) => matches(part, texts));
    case 'not':
      return !matches(expression.part, texts);
    case 'word':
      return texts.some((text) => holds(text, expression.pattern));
  }
}

/** Texts of a pattern are parted by `*`: each is taken at the first place behind the one before. */
function holds(text: string, pattern: Extract<SearchExpression, { kind: 'word' }>['pattern']): boolean {
  let place = 0;
  for (const part of pattern) {
    if (part === 'any') continue;
    const wanted = folded(part.text);
    const found = text.indexOf(wanted, place);
    if (found === -1) return false;
    place = found + wanted.length;
  }
  return true;
}

function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
