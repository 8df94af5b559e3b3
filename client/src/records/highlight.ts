export interface TextPart {
  readonly text: string;
  readonly isMatch: boolean;
}

/**
 * The words of a search that may be found in a value: without operators, negated words and wildcards. It reads the
 * search language loosely, because it only decides what is marked.
 */
export function searchedWords(search: string): string[] {
  const phrases: string[] = [];
  const rest = search.replace(/"([^"]*)"/gu, (_, phrase: string) => `\u0000${phrases.push(phrase) - 1}\u0000`);
  return rest
    .split(/\s+(?:AND|OR)\s+|[+()]|&&|\|\|/u)
    .map((word) => word.trim())
    .filter((word) => !/^\**!/u.test(word))
    .map((word) => word.replace(/\u0000(\d+)\u0000/gu, (_, index: string) => phrases[Number(index)] ?? ''))
    .flatMap((word) => word.replaceAll('\\', '').split('*'))
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

export function highlight(text: string, words: readonly string[]): TextPart[] {
  if (text === '' || words.length === 0) return [{ text, isMatch: false }];
  const longestFirst = [...words].sort((one, other) => other.length - one.length);
  const found = new RegExp(`(${longestFirst.map(escapeForRegExp).join('|')})`, 'giu');
  return text
    .split(found)
    .map((part, index) => ({ text: part, isMatch: index % 2 === 1 }))
    .filter((part) => part.text !== '');
}

function escapeForRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');
}
