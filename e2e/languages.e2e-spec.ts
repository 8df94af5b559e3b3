import type { Browser, Page } from 'playwright-core';
import { locales, type Locale } from '../server/contract/session.js';
import { launchBrowser, openWindow } from './testing/browser.js';
import { callHost, enterAsFirstAdmin } from './testing/entrance.js';
import { englishLeftOvers, missingTexts, untranslated, wordsOn } from './testing/languages.js';
import { startServer, type RunningServer } from './testing/server-process.js';

const person = 'agnes.kovacs';
/** What is printed on the keys. */
const keyCaps = ['Ctrl', 'Ctrl S', 'Esc', 'Enter'];
/** Each waits for something that is there in every language. */
const screens: readonly { name: string; show: (page: Page) => Promise<void> }[] = [
  { name: 'list', show: (page) => go(page, '/customer-users', 'tbody tr') },
  { name: 'empty result', show: (page) => go(page, '/customer-users?search=nobody-at-all', 'main h2') },
  { name: 'search error', show: (page) => go(page, '/customer-users?search=(a', 'main [role=alert]') },
  { name: 'customers', show: (page) => go(page, '/customers', 'tbody tr') },
  { name: 'customer user', show: (page) => go(page, `/customer-users/${person}/details`, 'main section input') },
  { name: 'history', show: (page) => go(page, `/customer-users/${person}/history`, 'main ol time') },
  { name: 'customer', show: (page) => go(page, '/customers/fjord/details', 'main section input') },
  { name: 'new customer user', show: (page) => go(page, '/customer-users/new', 'main section input') },
  {
    name: 'refused form',
    show: async (page) => {
      await go(page, '/customer-users/new', 'main section input');
      await page.locator('main button[type=submit]').click();
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'help',
    show: async (page) => {
      await go(page, '/customer-users', 'tbody tr');
      await page.locator('h1').focus();
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'not found', show: (page) => go(page, '/nowhere', 'main h1') },
  { name: 'backends', show: (page) => go(page, '/backends', 'main ol .text-success') },
  { name: 'fields of a backend', show: (page) => go(page, '/backends/CustomerUser?tab=fields', 'main tbody tr') },
  { name: 'agents', show: (page) => go(page, '/embedded-host/agents', 'main li') },
];

async function go(page: Page, path: string, selector: string): Promise<void> {
  await page.goto(path);
  await page.locator(selector).first().waitFor();
}

describe('Every language', () => {
  let server: RunningServer;
  let browser: Browser;
  const english = new Map<string, Set<string>>();
  let data: ReadonlySet<string> = new Set();

  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer(), launchBrowser()]);
    const { page, context } = await openWindow(browser, server.origin);
    await enterAsFirstAdmin(context, server);
    await callHost(context, 'POST', 'example-data', {});
    for (const { name, show } of screens) {
      await show(page);
      english.set(name, await wordsOn(page));
    }
    data = new Set(['Clientele', 'Administrator', 'admin', 'English', ...keyCaps, ...(await recordTexts(page))]);
    cookies = await context.cookies();
    await context.close();
  }, 180_000);

  let cookies: Awaited<ReturnType<Awaited<ReturnType<typeof openWindow>>['context']['cookies']>> = [];

  afterAll(async () => {
    await browser.close();
    await server.end();
  });

  it.each(locales)('has a text for everything and no English left over: %s', async (locale: Locale) => {
    const { page, context, watch } = await openWindow(browser, server.origin, { locale: locale === 'en' ? 'en-US' : `${locale}-${locale.toUpperCase()}` });
    await context.addCookies(cookies);

    const faults: string[] = [];
    for (const { name, show } of screens) {
      await show(page);
      const words = await wordsOn(page);
      const lang = await page.locator('html').getAttribute('lang');
      const left = locale === 'en' ? [] : [...englishLeftOvers(words, locale), ...untranslated(words, english.get(name) ?? new Set(), locale, (text) => isData(text, data))];
      if (lang !== locale) faults.push(`${name}: lang is ${lang}`);
      faults.push(...[...missingTexts(words), ...new Set(left)].map((text) => `${name}: ${text}`));
    }

    expect(faults).toEqual([]);
    watch.expectNothingOdd();
    await context.close();
  }, 180_000);

  it('follows the language that one chooses, there and at the door', async () => {
    const { page, context } = await openWindow(browser, server.origin, { locale: 'en-GB' });
    await page.goto('/embedded-host/sign-in');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();

    await page.getByRole('combobox', { name: 'Language' }).click();
    await page.getByRole('option', { name: 'Deutsch' }).click();
    await page.getByRole('heading', { name: 'Anmelden' }).waitFor();
    await context.addCookies(cookies);
    await page.goto('/customer-users');

    await page.getByRole('heading', { name: 'Kundenbenutzer' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    await context.close();
  });
});

/** What people entered is not translated: everything in the cells of the lists and in the fields of the forms. */
async function recordTexts(page: Page): Promise<string[]> {
  const texts: string[] = [];
  for (const path of ['/customer-users', '/customers']) {
    await go(page, path, 'tbody tr');
    texts.push(...(await page.locator('tbody th, tbody td').allInnerTexts()));
  }
  await go(page, `/customer-users/${person}/details`, 'main section input');
  const typed = await page.evaluate<string[]>("[...document.querySelectorAll('main input, main textarea')].map(({ value }) => value)");
  texts.push(...(await page.locator('h1 bdi, h1 code').allInnerTexts()));
  for (const path of ['/backends', '/backends/CustomerUser?tab=fields']) {
    await go(page, path, 'main code');
    texts.push(...(await page.locator('main code, main a bdi').allInnerTexts()));
  }
  return [...texts, ...typed];
}

function isData(text: string, data: ReadonlySet<string>): boolean {
  return data.has(text) || /@|\.example\b|^\d+ ms$/.test(text);
}
