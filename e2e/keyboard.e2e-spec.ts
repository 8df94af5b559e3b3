import type { Page } from 'playwright-core';
import type { CustomerUser } from '../server/contract/customer-user.js';
import { expectAccessible } from './testing/accessibility.js';
import { button, dialog, field, heading, openRecord, rows } from './testing/screens.js';
import { seedSmallHelpdesk } from './testing/seed.js';
import { quickHashes } from './testing/server-process.js';
import { openAdminStage, type AdminStage } from './testing/stage.js';

describe('Working by keyboard alone', () => {
  let stage: AdminStage;
  let page: Page;
  const focused = (): Promise<string> => page.evaluate<string>('document.activeElement.innerText || document.activeElement.getAttribute("aria-label") || document.activeElement.id');

  beforeAll(async () => {
    stage = await openAdminStage({ configuration: quickHashes });
    page = stage.page;
    await seedSmallHelpdesk(stage.api);
  });

  afterAll(() => stage.end());

  afterEach(() => stage.window.watch.expectNothingOdd());

  it('goes to the search with /, to the rows with j and k, and opens one with Enter', async () => {
    await page.goto('/customer-users');
    await rows(page).first().waitFor();
    await heading(page, 'Customer users').click();

    await page.keyboard.press('/');
    expect(await focused()).toContain('Search username');
    await heading(page, 'Customer users').focus();

    await page.keyboard.press('j');
    expect(await focused()).toBe('a.meier');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    expect(await focused()).toBe('b.meinl');
    await page.keyboard.press('Enter');

    await heading(page, 'Bela Meinl').waitFor();
  });

  it('types the letters of shortcuts into fields instead of acting on them', async () => {
    await page.goto('/customer-users');
    await rows(page).first().waitFor();
    await page.getByRole('searchbox').focus();

    await page.keyboard.type('n/j?');

    expect(await page.getByRole('searchbox').inputValue()).toBe('n/j?');
    expect(new URL(page.url()).pathname).toBe('/customer-users');
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  it('begins a new record with n and moves between the lists with g', async () => {
    await page.goto('/customer-users');
    await rows(page).first().waitFor();
    await heading(page, 'Customer users').focus();
    await page.keyboard.press('n');
    await heading(page, 'New customer user').waitFor();

    await heading(page, 'New customer user').focus();
    await page.keyboard.press('g');
    await page.keyboard.press('c');
    await heading(page, 'Customers').waitFor();
    await rows(page).filter({ hasText: 'ACME' }).waitFor();
  });

  it('shows all shortcuts with ?, closes with Esc, and gives the focus back', async () => {
    await page.goto('/customer-users');
    await rows(page).first().waitFor();
    await page.getByRole('link', { name: 'a.meier' }).focus();

    await page.keyboard.press('?');
    const help = dialog(page, 'Keyboard shortcuts');
    await help.waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await help.waitFor({ state: 'hidden' });

    expect(await focused()).toBe('a.meier');
  });

  it('switches the single keys off for those whom they trouble (WCAG 2.1.4)', async () => {
    await page.goto('/customer-users');
    await rows(page).first().waitFor();
    await heading(page, 'Customer users').focus();
    await page.keyboard.press('?');
    await dialog(page, 'Keyboard shortcuts').getByRole('switch').click();
    await page.keyboard.press('Escape');
    await dialog(page, 'Keyboard shortcuts').waitFor({ state: 'hidden' });

    await heading(page, 'Customer users').focus();
    await page.keyboard.press('n');
    await page.keyboard.press('?');

    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(new URL(page.url()).pathname).toBe('/customer-users');
    await page.evaluate('localStorage.clear()');
  });

  it('saves with Ctrl+S', async () => {
    await openRecord(page, 'customer-users', 'c.toth');
    await field(page, 'Phone').fill('by keyboard');

    await page.keyboard.press('Control+s');
    await page.getByText('Saved.').first().waitFor();

    const stored = await stage.api.get<CustomerUser>('customer-users/c.toth');
    expect(stored.fields['UserPhone']).toBe('by keyboard');
  });

  it('asks before leaving unsaved changes: stay, discard, save', async () => {
    await page.goto('/customer-users');
    await page.getByRole('link', { name: 'a.meier' }).click();
    await field(page, 'Phone').fill('not yet saved');
    const guard = dialog(page, 'Leave this page?');
    const away = page.getByRole('navigation', { name: 'Main navigation' }).getByRole('link', { name: 'Customers' });

    await away.click();
    await guard.waitFor();
    await expectAccessible(page);
    await button(guard, 'Stay').click();
    await guard.waitFor({ state: 'hidden' });
    expect(await field(page, 'Phone').inputValue()).toBe('not yet saved');

    await page.evaluate('history.back()');
    await guard.waitFor();
    await page.keyboard.press('Escape');
    await guard.waitFor({ state: 'hidden' });
    expect(await field(page, 'Phone').inputValue()).toBe('not yet saved');

    await away.click();
    await button(guard, 'Save').click();
    await heading(page, 'Customers').waitFor();
    expect((await stage.api.get<CustomerUser>('customer-users/a.meier')).fields['UserPhone']).toBe('not yet saved');

    await openRecord(page, 'customer-users', 'a.meier');
    await field(page, 'Phone').fill('never saved');
    await away.click();
    await button(guard, 'Discard').click();
    await heading(page, 'Customers').waitFor();
    expect((await stage.api.get<CustomerUser>('customer-users/a.meier')).fields['UserPhone']).toBe('not yet saved');
  });

  it('has the browser ask before a tab with unsaved changes is closed, and not otherwise', async () => {
    const tab = await stage.window.newTab();
    await openRecord(tab, 'customer-users', 'a.meier');
    await field(tab, 'Phone').fill('about to be closed');
    const question = tab.waitForEvent('dialog');

    await tab.close({ runBeforeUnload: true });

    const asked = await question;
    expect(asked.type()).toBe('beforeunload');
    const closed = tab.waitForEvent('close');
    await asked.accept();
    await closed;
  });
});
