import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { locales } from './app-locale.js';

const sources = join(import.meta.dirname ?? __dirname, '..');
const english = textsOf('en');

/** Every text of a language by its key, the keys in the order of the files. */
function textsOf(locale: string): Map<string, string> {
  const folder = join(sources, 'locales', locale);
  const texts = new Map<string, string>();
  for (const file of readdirSync(folder)) collect(JSON.parse(readFileSync(join(folder, file), 'utf8')), '', texts);
  return texts;
}

function collect(node: object, path: string, into: Map<string, string>): void {
  for (const [name, value] of Object.entries(node)) {
    const key = path === '' ? name : `${path}.${name}`;
    if (typeof value === 'object') collect(value, key, into);
    else into.set(key, String(value));
  }
}

function placeholdersOf(text: string | undefined): string[] {
  return [...new Set(text?.match(/\{\w+\}/gu))].sort();
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourceFiles(path);
    return /(?<!\.spec)\.(?:vue|ts)$/u.test(entry.name) ? [path] : [];
  });
}

/** Keys as they stand in the sources; a part that is put in at run time becomes `*`. */
function usedKeys(): string[] {
  const features = [...new Set([...english.keys()].map((key) => key.split('.')[0]))].join('|');
  const written = new RegExp(`['"\`]((?:${features})\\.[^'"\`\\s]+)['"\`]`, 'gu');
  const sourcesWithStars = sourceFiles(sources).map((path) => readFileSync(path, 'utf8').replace(/\$\{[^}]*\}/gu, '*'));
  const keys = sourcesWithStars.flatMap((text) => [...text.matchAll(written)].map(([, key]) => String(key)));
  // `:backends="backends.all.value"` is a value bound in a template.
  return [...new Set(keys)].filter((key) => !key.endsWith('.value'));
}

test.each(locales)('has every text in %s, with the same values put in and the same plurals', (locale) => {
  const texts = textsOf(locale);

  expect([...texts.keys()].sort()).toEqual([...english.keys()].sort());
  for (const [key, text] of texts) {
    const expected = { key, values: placeholdersOf(english.get(key)), plurals: english.get(key)?.split(' | ').length };
    expect({ key, values: placeholdersOf(text), plurals: text.split(' | ').length }).toEqual(expected);
    expect(text.trim()).not.toBe('');
  }
});

test('uses no key without a text', () => {
  const missing = usedKeys().filter((key) => {
    const pattern = new RegExp(`^${key.split('*').map(escapeForRegExp).join('.+')}$`, 'u');
    return ![...english.keys()].some((known) => pattern.test(known));
  });

  expect(missing).toEqual([]);
});

test('keeps no text that nothing uses', () => {
  const patterns = usedKeys().map((key) => new RegExp(`^${key.split('*').map(escapeForRegExp).join('.+')}$`, 'u'));

  const unused = [...english.keys()].filter((key) => !patterns.some((pattern) => pattern.test(key)));

  expect(unused).toEqual([]);
});

test('writes no text of a page into the page itself', () => {
  const templates = sourceFiles(sources).filter((path) => path.endsWith('.vue'));

  const written = templates.flatMap((path) => {
    const template = /<template>([\s\S]*)<\/template>/u.exec(readFileSync(path, 'utf8'))?.[1] ?? '';
    const shown = template.replace(/<!--[\s\S]*?-->/gu, '').replace(/\{\{[\s\S]*?\}\}/gu, '');
    return [...shown.matchAll(/>([^<>]*\p{L}{2,}[^<>]*)</gu)].map(([, text]) => `${path}: ${String(text).trim()}`);
  });

  expect(written.filter((line) => !/: (?:Clientele|Ctrl S|npm run .*)$/u.test(line))).toEqual([]);
});

function escapeForRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/gu, '\\$&');
}
