import type { Page } from 'playwright-core';
import { expectAccessible } from './testing/accessibility.js';
import { button, heading, listedKeys, pickCustomer, rows, searchBox, searchFor } from './testing/screens.js';
import { createCustomerUser, seedSmallHelpdesk } from './testing/seed.js';
import { quickHashes } from './testing/server-process.js';
import { openAdminStage, type AdminStage } from './testing/stage.js';

const pageSize = 50;
const extras = Array.from({ length: 50 }, (_, index) => `x${String(index).padStart(3, '0')}`);

describe('Searching customer users', () => {
  let stage: AdminStage;
  let page: Page;

  beforeAll(async () => {
    stage = await openAdminStage({ configuration: quickHashes });
    page = stage.page;
    await seedSmallHelpdesk(stage.api);
    for (const login of extras) await createCustomerUser(stage.api, { login, fields: { UserFirstname: 'Xenia', UserLastname: login } });
  }, 180_000);

  afterAll(() => stage.end());

  beforeEach(async () => {
    await page.goto('/customer-users');
    await rows(page).first().waitFor();
  });

  afterEach(() => stage.window.watch.expectNothingOdd());

  it.each([
    ['a plain word in any case', 'MEIER', ['a.meier']],
    ['the beginning of a word', 'mei', ['a.meier', 'b.meinl']],
    ['a wildcard', 'b.m*', ['b.meinl']],
    ['a wildcard in the middle', 'c*th', ['c.toth']],
    ['a letter beyond ASCII', 'tóth', ['c.toth']],
    ['two words that must both be there', 'anna+meier', ['a.meier']],
    ['words in AND, OR and NOT', '(anna OR csilla) AND !meier', ['c.toth']],
    ['one of two words', 'a.meier||c.toth', ['a.meier', 'c.toth']],
    ['a sign that is a plain character', 'x_0', []],
  ])('finds by %s', async (_, text, expected) => {
    await searchFor(page, text);

    if (expected.length > 0) await rows(page).first().waitFor();
    expect(await (expected.length > 0 ? listedKeys(page) : rows(page).allInnerTexts())).toEqual(expected);
  });

  it('marks what was found', async () => {
    await searchFor(page, 'meinl');

    await page.locator('mark').first().waitFor();

    expect(new Set(await page.locator('mark').allInnerTexts())).toEqual(new Set(['meinl', 'Meinl']));
    await expectAccessible(page);
  });

  it('says where the search text has an error, and shows nothing wider than meant', async () => {
    await searchFor(page, '(meier');

    await page.getByText('The parenthesis opened at character 1 is never closed.').waitFor();

    expect(await rows(page).count()).toBe(0);
    expect(await searchBox(page).getAttribute('aria-invalid')).toBe('true');
    await expectAccessible(page);
  });

  it('tells an empty result from an empty table and clears the search', async () => {
    await searchFor(page, 'nobody at all');
    await heading2(page, 'No customer users found').waitFor();
    await expectAccessible(page);

    await button(page.getByRole('main'), 'Clear filters').last().click();

    await rows(page).first().waitFor();
    expect(await searchBox(page).inputValue()).toBe('');
  });

  it('filters by validity', async () => {
    await page.getByRole('combobox', { name: 'Validity' }).selectOption({ label: 'Invalid' });
    await rows(page).filter({ hasText: 'd.old' }).waitFor();
    expect(await listedKeys(page)).toEqual(['d.old']);

    await page.getByRole('combobox', { name: 'Validity' }).selectOption({ label: 'All' });
    await rows(page).filter({ hasText: 'a.meier' }).waitFor();

    expect(await listedKeys(page)).toEqual(expect.arrayContaining(['a.meier', 'd.old']));
  });

  it('filters by customer, found by its name, and clears that filter', async () => {
    await pickCustomer(page, page.getByRole('combobox', { name: 'Customer' }), 'glob', 'Globex Shipping');
    await rows(page).filter({ hasText: 'a.meier' }).waitFor({ state: 'hidden' });

    expect(await listedKeys(page)).toEqual(['b.meinl']);

    await button(page, 'Clear filters').click();
    await rows(page).filter({ hasText: 'a.meier' }).waitFor();
  });

  it('turns the pages, and keeps its place over a reload and the way back', async () => {
    await page.getByText('1–50 of 53').waitFor();
    const first = await listedKeys(page);
    expect(first).toHaveLength(pageSize);
    expect(await button(page, 'Previous').isDisabled()).toBe(true);

    await button(page, 'Next').click();
    await page.getByText('51–53 of 53').waitFor();
    const second = await listedKeys(page);
    expect([...first, ...second]).toEqual([...new Set([...first, ...second])].sort());
    expect(await button(page, 'Next').isDisabled()).toBe(true);

    await page.reload();
    await rows(page).first().waitFor();
    expect(await listedKeys(page)).toEqual(second);

    await rows(page).filter({ hasText: second[0] ?? '' }).getByRole('link').first().click();
    await page.getByRole('main').getByRole('link', { name: 'Customer users' }).click();
    await rows(page).first().waitFor();
    expect(await listedKeys(page)).toEqual(second);

    await button(page, 'Previous').click();
    await page.getByText('1–50 of 53').waitFor();
    expect(await listedKeys(page)).toEqual(first);
  });

  it('keeps search and filters in the address, so that it can be passed on', async () => {
    await searchFor(page, 'x0*');
    await page.getByRole('combobox', { name: 'Validity' }).selectOption({ label: 'All' });
    await page.waitForURL(/validity=all/);

    const tab = await stage.window.newTab();
    await tab.goto(page.url());
    await rows(tab).first().waitFor();

    expect(await searchBox(tab).inputValue()).toBe('x0*');
    expect(await listedKeys(tab)).toContain('x000');
    await tab.close();
  });

  it('remembers which columns one wants to see', async () => {
    await button(page, 'Columns').click();
    await page.getByRole('menuitemcheckbox', { name: 'City' }).click();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.getByRole('columnheader', { name: 'City' }).waitFor();

    await page.reload();

    await page.getByRole('columnheader', { name: 'City' }).waitFor();
    await heading(page, 'Customer users').waitFor();
  });
});

const heading2 = (page: Page, name: string) => page.getByRole('heading', { level: 2, name });
