import type { Page } from 'playwright-core';
import { expectAccessible } from './testing/accessibility.js';
import { openWindow, type BrowserWindow } from './testing/browser.js';
import { adminPassword, enterAsFirstAdmin } from './testing/entrance.js';
import { button, dialog, field, heading, listedKeys, pickCustomer, row, searchFor } from './testing/screens.js';
import { openStage, type Stage } from './testing/stage.js';

describe('The first run', () => {
  let stage: Stage;
  let window: BrowserWindow;
  let page: Page;
  let generatedPassword = '';

  beforeAll(async () => {
    stage = await openStage();
    window = await openWindow(stage.browser, stage.server.origin);
    page = window.page;
  });

  afterAll(() => stage.end());

  afterEach(() => window.watch.expectNothingOdd());

  it('begins at the one-time link and leads to the three steps', async () => {
    await page.goto(stage.server.signInLink ?? '');
    await page.getByLabel('New password').fill(adminPassword);
    await page.getByRole('button', { name: 'Set password' }).click();

    await heading(page, 'Welcome').waitFor();

    expect(await page.getByRole('link', { name: 'New customer user' }).count()).toBe(0);
    await expectAccessible(page);
  });

  it('explains on the form itself that a customer comes first', async () => {
    await page.goto('/customer-users/new');

    await page.getByRole('main').getByRole('link', { name: 'New customer' }).waitFor();

    expect(await button(page, 'Create').count()).toBe(0);
    await expectAccessible(page);
  });

  it('creates a customer', async () => {
    await page.goto('/');
    await page.getByRole('link', { name: 'New customer' }).click();
    await field(page, 'Customer ID').fill('ACME');
    await field(page, 'Customer').fill('Acme Tools');
    await field(page, 'City').fill('Győr');
    await expectAccessible(page);

    await button(page, 'Create').click();

    await heading(page, 'Acme Tools').waitFor();
    expect(new URL(page.url()).pathname).toBe('/customers/ACME/details');
  });

  it('creates a customer user with a generated password, shown once and copied', async () => {
    await page.goto('/');
    await page.getByRole('link', { name: 'New customer user' }).click();
    await field(page, 'First name').fill('Anna');
    await field(page, 'Last name').fill("O'Meier");
    await field(page, 'Username').fill('a.meier');
    await field(page, 'E-mail').fill("anna.o'meier@acme.example");
    await pickCustomer(page, field(page, 'Customer ID'), 'acm', 'Acme Tools');
    await expectAccessible(page);
    await button(page, 'Create').click();

    const shown = dialog(page, 'Password of a.meier');
    generatedPassword = await shown.getByTestId('generated-password').innerText();
    await expectAccessible(page);
    await button(shown, 'Copy').click();
    await button(shown, 'Copied').waitFor();
    expect(generatedPassword).toMatch(/^[^\s0O1lI]{16}$/);
    expect(await page.evaluate<string>('navigator.clipboard.readText()')).toBe(generatedPassword);
    await button(shown, 'Done').click();

    await heading(page, "Anna O'Meier").waitFor();
  });

  it('never shows that password again', async () => {
    expect(await page.content()).not.toContain(generatedPassword);

    await page.reload();
    await heading(page, "Anna O'Meier").waitFor();

    expect(await page.content()).not.toContain(generatedPassword);
    expect(stage.server.log()).not.toContain(generatedPassword);
  });

  it('keeps one on the form with Save and goes back to the list with Save and finish', async () => {
    await field(page, 'Phone').fill('+36 96 123');
    await page.getByText('One unsaved change').waitFor();
    await button(page, 'Save').click();
    await page.getByText('Saved.').first().waitFor();
    expect(new URL(page.url()).pathname).toBe('/customer-users/a.meier/details');

    await field(page, 'Last name').fill('Meier-Tóth');
    await button(page, 'Save and finish').click();

    await heading(page, 'Customer users').waitFor();
    await row(page, 'a.meier').getByText('Anna Meier-Tóth').waitFor();
    await expectAccessible(page);
  });

  it('tells who changed what, from what, to what', async () => {
    await page.goto('/customer-users/a.meier/history');

    await page.getByText('created this record').waitFor();

    const newest = page.getByRole('main').getByRole('listitem').filter({ hasText: 'changed this record' }).first();
    expect(await newest.innerText()).toContain("O'Meier");
    expect(await newest.innerText()).toContain('Meier-Tóth');
    expect(await page.content()).not.toContain(generatedPassword);
    await expectAccessible(page);
  });

  it('sets another password on the record, one of its own or a generated one', async () => {
    await page.goto('/customer-users/a.meier/details');
    await button(page, 'Change password').click();
    await expectAccessible(page);
    await page.getByLabel('Set one myself').check();
    await field(page, 'New password').fill('a password of her own');
    await dialog(page, /Change the password/).getByRole('button', { name: 'Change password' }).click();
    await dialog(page, /Change the password/).waitFor({ state: 'hidden' });

    await button(page, 'Change password').click();
    await dialog(page, /Change the password/).getByRole('button', { name: 'Change password' }).click();

    const another = await page.getByTestId('generated-password').innerText();
    expect(another).not.toBe(generatedPassword);
    await button(page, 'Done').click();
    await page.goto('/customer-users/a.meier/history');
    await page.getByText('set a new password').first().waitFor();
    expect(await page.content()).not.toContain(another);
  });
});

describe('The first run with example data', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await openStage();
  });

  afterAll(() => stage.end());

  it('loads 20 customers and 500 people in several scripts, each found in its own script', async () => {
    const { context, page, watch } = await openWindow(stage.browser, stage.server.origin);
    await enterAsFirstAdmin(context, stage.server);
    await page.goto('/');

    await button(page, 'Load example data').click();
    await heading(page, 'Customer users').waitFor({ timeout: 60_000 });

    await page.getByText(/of 4\d\d|of 500/).waitFor();
    const list = page.getByRole('main');
    for (const [script, pattern] of [['Greek', /\p{Script=Greek}/u], ['Cyrillic', /\p{Script=Cyrillic}/u], ['Han', /\p{Script=Han}/u], ['Arabic', /\p{Script=Arabic}/u]] as const) {
      const word = await firstWordIn(page, pattern);
      expect([script, word]).toEqual([script, expect.stringMatching(pattern)]);
      await searchFor(page, word);
      expect(await listedKeys(page)).not.toHaveLength(0);
      expect(await list.locator('mark').first().innerText()).toMatch(pattern);
      await expectAccessible(page);
    }
    watch.expectNothingOdd();
    await context.close();
  });

  it('is not asked about again', async () => {
    const { context, page } = await openWindow(stage.browser, stage.server.origin);
    await page.goto('/embedded-host/sign-in');
    await page.getByLabel('Login').fill('admin');
    await page.getByLabel('Password', { exact: true }).fill(adminPassword);
    await page.getByRole('button', { name: 'Sign in' }).click();

    await heading(page, 'Customer users').waitFor();

    expect(await button(page, 'Load example data').count()).toBe(0);
    await context.close();
  });
});

/** Turns the pages of the whole list until a name in the script is there. */
async function firstWordIn(page: Page, script: RegExp): Promise<string> {
  await page.goto('/customer-users');
  for (;;) {
    await listedKeys(page);
    const names = await page.locator('tbody tr td:nth-child(2)').allInnerTexts();
    const word = names.flatMap((name) => name.split(' ')).find((part) => script.test(part) && part.length > 1);
    if (word !== undefined) return word;
    const next = button(page, 'Next');
    if (await next.isDisabled()) return '';
    await Promise.all([page.waitForResponse((response) => response.url().includes('cursor=')), next.click()]);
  }
}
