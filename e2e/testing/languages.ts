import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { locales, type Locale } from '../../server/contract/session.js';

const catalogues = fileURLToPath(new URL('../../client/src/locales', import.meta.url));

/** Everything on the page that is said in words: its texts and the names, hints and titles that only some people get. */
export async function wordsOn(page: Page): Promise<Set<string>> {
  const words = await page.evaluate<string[]>(`(() => {
    const isShown = (element) => element.checkVisibility() && !element.closest('svg, script, style');
    const elements = [...document.body.querySelectorAll('*')].filter(isShown);
    const attributes = ['aria-label', 'placeholder', 'title', 'alt', 'aria-description', 'aria-roledescription'];
    return [
      document.title.replace(/ · Clientele$/, ''),
      ...elements.flatMap((element) => [
        ...[...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data),
        ...(element.closest('[aria-hidden=true]') ? [] : attributes.map((name) => element.getAttribute(name) ?? '')),
      ]),
    ];
  })()`);
  return new Set(words.map((text) => text.replaceAll(/\s+/g, ' ').trim()).filter((text) => /\p{L}{2}/u.test(text)));
}

/** Keys that were shown instead of their texts: `records.list.next`. */
export function missingTexts(words: ReadonlySet<string>): string[] {
  return [...words].filter((text) => features.some((feature) => text.startsWith(`${feature}.`) && !/\s/.test(text)));
}

/** English texts of the catalogue that stand on a page of another language, where that language has its own words. */
export function englishLeftOvers(words: ReadonlySet<string>, locale: Locale): string[] {
  const own = textsOf(locale);
  return [...words].filter((text) => textsOf('en').has(text) && !own.has(text));
}

/** Texts that are the same on the English page and on this one, and neither in this language's catalogue nor data. */
export function untranslated(words: ReadonlySet<string>, english: ReadonlySet<string>, locale: Locale, isData: (text: string) => boolean): string[] {
  const own = textsOf(locale);
  return [...words].filter((text) => english.has(text) && !own.has(text) && !isData(text));
}

const features = Object.keys(Object.assign({}, ...catalogueFiles('en').map(readJson)));
const textsByLocale = new Map(locales.map((locale) => [locale, readTexts(locale)]));

function textsOf(locale: Locale): ReadonlySet<string> {
  return textsByLocale.get(locale) ?? new Set();
}

function readTexts(locale: Locale): Set<string> {
  return new Set(catalogueFiles(locale).map(readJson).flatMap(leaves));
}

function catalogueFiles(locale: Locale): string[] {
  const folder = join(catalogues, locale);
  return readdirSync(folder).filter((file) => file.endsWith('.json')).map((file) => join(folder, file));
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function leaves(node: unknown): string[] {
  if (typeof node === 'string') return node.split(' | ').map((text) => text.replaceAll(/\{'(.)'\}/g, '$1').trim());
  return typeof node === 'object' && node !== null ? Object.values(node).flatMap(leaves) : [];
}
