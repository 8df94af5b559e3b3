import type { Browser, Page } from 'playwright-core';
import type { CustomersOfGroupPage, GroupsOfCustomerPage } from '../server/contract/grant.js';
import { expectAccessible } from './testing/accessibility.js';
import { openApi, type ApiClient } from './testing/api-client.js';
import { launchBrowser, openWindow, type BrowserWindow } from './testing/browser.js';
import { addAgent, enterAsFirstAdmin, enterByLink } from './testing/entrance.js';
import { englishLeftOvers, missingTexts, wordsOn } from './testing/languages.js';
import {
  box, changeRelations, contexts, createGroup, grid, groupSupport, keysByGroup, openRelation, rowOf, saveRelations, switchTo, undoNotice,
} from './testing/relations.js';
import { button, dialog, heading } from './testing/screens.js';
import { seedSmallHelpdesk } from './testing/seed.js';
import { startServer, type RunningServer } from './testing/server-process.js';
import { expectGoodLooks } from './testing/looks.js';

const person = '/customer-users/a.meier';

describe('The matrix of groups and permissions', () => {
  let server: RunningServer;
  let browser: Browser;
  let admin: BrowserWindow;
  let page: Page;
  let api: ApiClient;
  let eu: number;

  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer({ configuration: groupSupport }), launchBrowser()]);
    admin = await openWindow(browser, server.origin);
    page = admin.page;
    await enterAsFirstAdmin(admin.context, server);
    api = await openApi(admin.context);
    await seedSmallHelpdesk(api);
    eu = await createGroup(api, 'Support EU');
    await createGroup(api, 'Support US');
    await createGroup(api, 'Billing');
  });

  afterAll(async () => {
    await browser.close();
    await server.end();
  });

  /** Each story begins without rights of a.meier's own. */
  beforeEach(async () => {
    const { items } = await api.get<{ items: { group: { groupId: number }; keys: string[] }[] }>('customer-users/a.meier/groups?show=assigned');
    const remove = items.flatMap(({ group, keys }) => keys.map((key) => ({ groupId: group.groupId, key })));
    if (remove.length > 0) await changeRelations(api, 'customer-users/a.meier/groups', { remove });
  });

  afterEach(() => admin.watch.expectNothingOdd());

  const focusedName = (): Promise<string> =>
    page.evaluate<string>('document.activeElement.getAttribute("aria-label") ?? document.activeElement.innerText');

  it('is filled by the keyboard alone, with one stop for the Tab key', async () => {
    await openRelation(page, `${person}/groups?show=all`);
    await page.getByRole('radio', { name: /^All/ }).focus();

    await page.keyboard.press('Tab');
    expect(await focusedName()).toBe('ro for group admin');
    await page.keyboard.press('Tab');
    expect(await grid(page).locator(':focus').count()).toBe(0);
    await page.keyboard.press('Shift+Tab');
    expect(await focusedName()).toBe('ro for group admin');

    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    expect(await focusedName()).toBe('rw for group Billing');
    await page.keyboard.press('Space');
    await page.keyboard.press('Home');
    expect(await focusedName()).toBe('Billing');
    await page.keyboard.press('Control+End');
    await page.keyboard.press('ArrowLeft');
    expect(await focusedName()).toBe('rw for group users');
    await page.keyboard.press('PageUp');
    expect(await focusedName()).toMatch(/^rw for all \d rows loaded$/);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowLeft');
    expect(await focusedName()).toBe('ro for group admin');
    await page.keyboard.press('Control+s');
    await undoNotice(page).getByText('Saved: 1 permission granted.').waitFor();

    expect(await keysByGroup(api, 'a.meier')).toEqual({ Billing: ['rw'] });
    expect(await focusedName()).toBe('ro for group admin');
  });

  it('ticks the column of the rows loaded with Ctrl and Space, and takes it back the same way', async () => {
    await openRelation(page, `${person}/groups?show=all&search=Support`);
    await box(page, 'ro for group Support EU').focus();

    await page.keyboard.press('Control+Space');
    await page.getByText('Grants 2 permissions').waitFor();
    expect(await box(page, 'ro for all 2 rows loaded').isChecked()).toBe(true);
    await page.keyboard.press('Space');
    await page.getByText('Grants 1 permission').waitFor();
    expect(await box(page, 'ro for all 2 rows loaded').evaluate((input) => 'indeterminate' in input && input.indeterminate)).toBe(true);
    await page.keyboard.press('Space');
    await page.keyboard.press('Control+Space');

    await page.getByText('Grants').waitFor({ state: 'detached' });
  });

  it('shows the smaller permission as part of rw, and leaves it alone until rw is saved', async () => {
    await changeRelations(api, 'customer-users/a.meier/groups', { add: [{ groupId: eu, key: 'ro' }] });
    await openRelation(page, `${person}/groups`);

    await box(page, 'rw for group Support EU').check();
    const ro = box(page, 'ro for group Support EU');
    expect([await ro.isChecked(), await ro.getAttribute('aria-disabled')]).toEqual([true, 'true']);
    await ro.click({ force: true });
    expect(await ro.isChecked()).toBe(true);
    await box(page, 'rw for group Support EU').uncheck();
    expect([await ro.isChecked(), await ro.getAttribute('aria-disabled')]).toEqual([true, 'false']);
    await box(page, 'rw for group Support EU').check();
    await saveRelations(page);

    expect(await keysByGroup(api, 'a.meier')).toEqual({ 'Support EU': ['rw'] });
  });

  it('says beforehand what is granted and withdrawn, and what that changes for whom', async () => {
    await changeRelations(api, 'customer-users/a.meier/groups', { add: [{ groupId: eu, key: 'rw' }] });
    await openRelation(page, `${person}/groups?show=all`);
    await box(page, 'rw for group Support EU').uncheck();
    await box(page, 'ro for group Billing').check();
    await page.getByText('Grants 1 permission · withdraws 1').waitFor();

    await button(page, 'Review').click();
    const review = dialog(page, 'Review the changes');
    await review.getByText('Anna Meier (a.meier): gains ro on Billing').waitFor();
    await review.getByText('Anna Meier (a.meier): loses rw on Support EU').waitFor();
    await expectAccessible(page);
    expect(await keysByGroup(api, 'a.meier')).toEqual({ 'Support EU': ['rw'] });
    await button(review, 'Save').click();
    await undoNotice(page).getByText('Saved: 1 permission granted · 1 withdrawn.').waitFor();

    expect(await keysByGroup(api, 'a.meier')).toEqual({ Billing: ['ro'] });
  });

  it('keeps what was ticked while one searches, switches and pages, and saves all of it and nothing else', async () => {
    await openRelation(page, `${person}/groups?show=all&search=EU`);
    await box(page, 'ro for group Support EU').check();
    await page.getByRole('searchbox').fill('billing');
    await box(page, 'rw for group Billing').check();
    await page.getByRole('button', { name: 'Clear the search' }).click();
    await switchTo(page, 'Assigned');
    await page.getByText('Nothing assigned yet').waitFor();
    await page.getByText('Grants 2 permissions').waitFor();

    await saveRelations(page);

    expect(await keysByGroup(api, 'a.meier')).toEqual({ Billing: ['rw'], 'Support EU': ['ro'] });
  });

  it('takes a save back for as long as it is offered', async () => {
    await openRelation(page, `${person}/groups?show=all`);
    await box(page, 'ro for group Billing').check();
    await button(page, 'Save and finish').click();
    await heading(page, 'Customer users').waitFor();

    await undoNotice(page).getByRole('button', { name: 'Undo' }).click();
    await undoNotice(page).getByText('The change was taken back.').waitFor();

    expect(await keysByGroup(api, 'a.meier')).toEqual({});
  });

  it('asks before leaving with unsaved boxes, also to another page of the same person', async () => {
    await openRelation(page, `${person}/groups?show=all`);
    await box(page, 'ro for group Billing').check();

    await page.getByRole('navigation', { name: 'Anna Meier' }).getByRole('link', { name: /^Customers/ }).click();
    await dialog(page, 'Leave this page?').waitFor();
    await button(dialog(page, 'Leave this page?'), 'Stay').click();

    expect(await box(page, 'ro for group Billing').isChecked()).toBe(true);
    await button(page, 'Discard').click();
    expect(await box(page, 'ro for group Billing').isChecked()).toBe(false);
  });

  it('shows beside the boxes what holds for other reasons, and never in them', async () => {
    await changeRelations(api, 'customers/ACME/groups', { add: [{ groupId: eu, key: 'ro', context: contexts.same }] });
    await openRelation(page, `${person}/groups?show=all`);

    await rowOf(page, 'Support EU').getByText('ro through customer Acme Tools').waitFor();
    await rowOf(page, 'users').getByText('everything: everybody has this group').waitFor();
    expect(await box(page, 'ro for group Support EU').isChecked()).toBe(false);
    expect(await box(page, 'rw for group users').isChecked()).toBe(false);
    await changeRelations(api, 'customers/ACME/groups', { remove: [{ groupId: eu, key: 'ro', context: contexts.same }] });
  });

  it('is the same from the side of the group', async () => {
    await openRelation(page, `/groups/${eu}/customer-users?show=all`);
    await box(page, 'ro for Anna Meier (a.meier)').check();
    await saveRelations(page);
    await rowOf(page, 'Anna Meier').getByRole('link').click();

    await page.getByRole('grid', { name: 'Group permissions of Anna Meier' }).waitFor();
    expect(await box(page, 'ro for group Support EU').isChecked()).toBe(true);
    await page.goto(`/groups/${eu}/customer-users?show=effective`);
    await rowOf(page, 'Anna Meier').waitFor();
    expect(await rowOf(page, 'Bela Meinl').count()).toBe(0);
  });

  it('has the contexts of customers as groups of columns, from both sides', async () => {
    await openRelation(page, '/customers/ACME/groups?show=all');
    await grid(page).getByRole('columnheader', { name: 'Other customers’ tickets' }).first().waitFor();
    await box(page, 'rw (Own tickets) for group Support EU').check();
    await box(page, 'ro (Other customers’ tickets) for group Support EU').check();
    await saveRelations(page);

    const groups = await api.get<GroupsOfCustomerPage>('customers/ACME/groups?show=assigned');
    expect(groups.items.map(({ group, grants }) => [group.name, [...grants].sort((one, other) => (one.context < other.context ? 1 : -1))])).toEqual([
      ['Support EU', [{ key: 'rw', context: contexts.same }, { key: 'ro', context: contexts.other }]],
    ]);

    await openRelation(page, `/groups/${eu}/customers?show=all`);
    expect(await box(page, 'rw (Own tickets) for customer Acme Tools (ACME)').isChecked()).toBe(true);
    await box(page, 'rw (Own tickets) for customer Acme Tools (ACME)').uncheck();
    await box(page, 'ro (Other customers’ tickets) for customer Acme Tools (ACME)').uncheck();
    await saveRelations(page);
    const customers = await api.get<CustomersOfGroupPage>(`groups/${eu}/customers?show=assigned`);
    expect(customers.items).toEqual([]);
  });

  it('lets two people tick different groups, and shows the second both values of the same one (fault 53)', async () => {
    const bela = await openWindow(browser, server.origin);
    await enterByLink(bela.context, await addAgent(admin.context, 'bela', 'clientele.write'));
    await Promise.all([page, bela.page].map((one) => openRelation(one, `${person}/groups?show=all`)));
    await box(bela.page, 'rw for group Support EU').check();
    await box(bela.page, 'ro for group Support US').check();
    await saveRelations(bela.page);

    await box(page, 'ro for group Billing').check();
    await saveRelations(page);
    await undoNotice(page).getByRole('button', { name: 'Close this notice' }).click();
    await box(page, 'ro for group Support EU').check();
    await button(page, 'Save').click();
    const conflict = dialog(page, 'Changed by somebody else');
    const disputed = conflict.getByRole('group', { name: 'rw for group Support EU' });
    await disputed.waitFor();
    await expectAccessible(page);
    expect(await button(conflict, 'Save these choices').isDisabled()).toBe(true);
    await disputed.getByRole('radio', { name: /Yours/ }).check();
    await button(conflict, 'Save these choices').click();
    await undoNotice(page).getByText(/^Saved:/).waitFor();

    expect(await keysByGroup(api, 'a.meier')).toEqual({ Billing: ['ro'], 'Support EU': ['ro'], 'Support US': ['ro'] });
    bela.watch.expectNothingOdd();
    await bela.context.close();
  });

  it('tells at the row what is not accepted, and keeps what was ticked', async () => {
    const late = await createGroup(api, 'Soon invalid');
    await openRelation(page, `${person}/groups?show=all`);
    const { version } = await api.get<{ version: string }>(`groups/${late}`);
    await api.patch(`groups/${late}`, version, { validity: 'invalid' });

    await box(page, 'ro for group Soon invalid').check();
    await button(page, 'Save').click();

    await page.getByRole('alert').getByText('Soon invalid: It is not valid').waitFor();
    await rowOf(page, 'Soon invalid').getByText('It is not valid').waitFor();
    expect(await box(page, 'ro for group Soon invalid').isChecked()).toBe(true);
    await button(page, 'Discard').click();
  });

  it('can be looked at and not changed by who may only read', async () => {
    const reader = await openWindow(browser, server.origin);
    await enterByLink(reader.context, await addAgent(admin.context, 'reader', 'clientele.read'));

    await openRelation(reader.page, `${person}/groups?show=all`);
    await reader.page.getByText('You may look at this, but not change it.').waitFor();
    await box(reader.page, 'ro for group Billing').click({ force: true });

    expect(await box(reader.page, 'ro for group Billing').isChecked()).toBe(false);
    expect(await button(reader.page, 'Save').count()).toBe(0);
    reader.watch.expectNothingOdd();
    await reader.context.close();
  });

  it('answers why somebody has a permission, and why not', async () => {
    await changeRelations(api, 'customer-users/a.meier/groups', { add: [{ groupId: eu, key: 'ro' }] });
    await page.goto(`${person}/access`);
    const groups = page.getByRole('table', { name: 'Effective permissions of Anna Meier' });
    await groups.getByRole('row').filter({ hasText: 'Support EU' }).getByText('The person itself has ro on this group.').waitFor();
    await groups.getByRole('row').filter({ hasText: 'users' }).getByText('Everybody has this group').waitFor();

    await groups.getByRole('button', { name: 'rw on Support EU: not allowed. Why not?' }).click();
    const why = dialog(page, 'rw on Support EU');
    await why.getByText('The person itself has only ro on this group.').waitFor();
    await why.getByText('Customer Acme Tools has nothing on this group.').waitFor();
    await expectAccessible(page);
    await button(why, 'Close').click();

    await page.getByRole('searchbox').fill('billing');
    await groups.getByRole('button', { name: 'ro on Billing: not allowed. Why not?' }).click();
    await dialog(page, 'ro on Billing').getByRole('link', { name: 'Grant it to the person' }).click();
    await box(page, 'ro for group Billing').waitFor();
    expect(await page.getByRole('searchbox').inputValue()).toBe('Billing');
  });

  it('ends the page of a person with what he or she may do, and whose tickets are seen', async () => {
    await changeRelations(api, 'customer-users/a.meier/groups', { add: [{ groupId: eu, key: 'rw' }] });
    await page.goto(`${person}/details`);

    const widget = page.getByRole('region', { name: 'Effective permissions' });
    await widget.getByRole('button', { name: 'ro on Support EU: allowed. Why?' }).waitFor();
    await widget.getByRole('row').filter({ hasText: 'Acme Tools' }).getByRole('cell', { name: /^primary/ }).waitFor();
    await page.goto('/customer-users/new');
    await heading(page, 'New customer user').waitFor();

    expect(await widget.count()).toBe(0);
  });

  it.each(['de', 'pt'] as const)('has a text for everything and no English left over: %s', async (locale) => {
    const other = await openWindow(browser, server.origin, { locale });
    await other.context.addCookies(await admin.context.cookies());

    const faults: string[] = [];
    for (const path of [`${person}/groups?show=all`, '/customers/ACME/groups?show=all', `${person}/access`]) {
      await openRelation(other.page, path);
      const words = await wordsOn(other.page);
      faults.push(...[...missingTexts(words), ...englishLeftOvers(words, locale)].map((text) => `${path}: ${text}`));
    }

    expect(faults).toEqual([]);
    await other.context.close();
  });

  it.each([
    ['groups of a person', `${person}/groups?show=all`],
    ['groups of a customer, in contexts', '/customers/ACME/groups?show=all'],
    ['people of a group', '/groups/1/customer-users?show=all'],
    ['customers of a group', '/groups/1/customers?show=all'],
    ['nothing assigned', '/customers/GLOBEX/groups'],
    ['nothing found', `${person}/groups?search=nothing-like-this`],
    ['effective access', `${person}/access`],
    ['the end of the page of a person', `${person}/details`],
    ['groups', '/groups'],
  ])('has no accessibility violation, light and dark, and fits 400 and 320 px: %s', async (_title, path) => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(path);
    await page.locator('main :is([role=grid], table, h2, ul a)').first().waitFor();
    await page.getByText('Loading…').waitFor({ state: 'detached' });

    await expectGoodLooks(page, { atNarrow: 'reflow and axe' });
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.emulateMedia({ colorScheme: 'light' });
  });

  it('keeps its boxes usable as cards on a narrow screen', async () => {
    await page.setViewportSize({ width: 320, height: 800 });
    await openRelation(page, '/customers/GLOBEX/groups?show=all');

    const label = page.locator('label').filter({ has: box(page, 'ro (Own tickets) for group Billing') });
    const size = await label.boundingBox();
    expect(Math.min(size?.width ?? 0, size?.height ?? 0)).toBeGreaterThanOrEqual(24);
    await label.getByText('ro', { exact: true }).click();

    expect(await box(page, 'ro (Own tickets) for group Billing').isChecked()).toBe(true);
    await button(page, 'Discard').click();
    await page.setViewportSize({ width: 1440, height: 900 });
  });
});
