import type { Browser, Locator, Page } from 'playwright-core';
import { fileURLToPath } from 'node:url';
import type { CustomerUser } from '../server/contract/customer-user.js';
import type { GroupsOfPersonPage } from '../server/contract/grant.js';
import type { Group } from '../server/contract/group.js';
import { expectAccessible } from './testing/accessibility.js';
import { openApi, type ApiClient } from './testing/api-client.js';
import { launchBrowser, openWindow, type BrowserWindow } from './testing/browser.js';
import { enterAsFirstAdmin } from './testing/entrance.js';
import { expectNoSidewaysScroll } from './testing/reflow.js';
import { button, dialog, field, heading, openRecord, pickCustomer, searchFor } from './testing/screens.js';
import { seedSmallHelpdesk } from './testing/seed.js';
import { startServer, type RunningServer } from './testing/server-process.js';

const groupSupport = fileURLToPath(new URL('testing/group-support.yaml', import.meta.url));

describe('Large changes and the catalogues', () => {
  let server: RunningServer;
  let browser: Browser;
  let window: BrowserWindow;
  let page: Page;
  let api: ApiClient;

  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer({ configuration: groupSupport }), launchBrowser()]);
    window = await openWindow(browser, server.origin);
    page = window.page;
    await enterAsFirstAdmin(window.context, server);
    api = await openApi(window.context);
    await seedSmallHelpdesk(api);
  });

  afterAll(async () => {
    await browser.close();
    await server.end();
  });

  const pick = async (picker: Locator, text: string): Promise<void> => {
    await picker.click();
    await page.keyboard.type(text);
    await page.getByRole('option').filter({ hasText: text }).first().click();
  };
  const directKeys = async (login: string, groupId: number): Promise<string[]> => {
    const { items } = await api.get<GroupsOfPersonPage>(`customer-users/${login}/groups?show=all&limit=200`);
    return items.find(({ group }) => group.groupId === groupId)?.keys ?? [];
  };

  it('keeps groups where the plugin is its own host: a new one, its faults, another name', async () => {
    await page.goto('/groups');
    await button(page, 'New group').click();
    const form = dialog(page, 'New group');
    await expectAccessible(page);
    await field(form, 'Name').fill('users');
    await button(form, 'Create').click();
    await form.getByText('Another group already has this name.').waitFor();

    await field(form, 'Name').fill('Support EU');
    await button(form, 'Create').click();
    await heading(page, 'Support EU').waitFor();
    await button(page, 'Edit').click();
    const change = dialog(page, 'Edit group');
    await field(change, 'Name').fill('Support Europe');
    await button(change, 'Save').click();

    await heading(page, 'Support Europe').waitFor();
  });

  it('keeps services as a tree that cannot run in circles', async () => {
    await page.goto('/services');
    await button(page, 'New service').click();
    await field(dialog(page, 'New service'), 'Name').fill('Network');
    await button(dialog(page, 'New service'), 'Create').click();
    await heading(page, 'Network').waitFor();
    await page.goto('/services');
    await button(page, 'New service').click();
    const form = dialog(page, 'New service');
    await field(form, 'Name').fill('VPN');
    await pick(form.getByRole('combobox', { name: 'Part of' }), 'Network');
    await button(form, 'Create').click();

    await heading(page, 'Network::VPN').waitFor();
    expect(await page.getByRole('link', { name: 'History' }).isVisible()).toBe(true);
  });

  it('leads from two things that belong together to the place where they are connected', async () => {
    await page.goto('/relations');
    await heading(page, 'Relations').waitFor();
    await page.getByText('Customer user ↔ groups').click();
    await pick(page.getByRole('combobox', { name: 'Pick a customer user…' }), 'meier');
    await expectAccessible(page);
    await button(page, 'Open').click();
    await page.waitForURL('**/customer-users/a.meier/groups');

    await page.goto('/relations');
    await button(page, 'Anna Meier · a.meier').click();

    await page.waitForURL('**/customer-users/a.meier/customers');
  });

  it('grants a right to all that a search finds, as a job that is told about, and takes it back', async () => {
    const { groupId } = (await api.get<{ items: Group[] }>('groups?search=Europe')).items[0] ?? { groupId: 0 };
    await page.goto('/customer-users');
    await searchFor(page, 'a.meier || c.toth');
    await button(page, 'Change for all found…').click();
    const bulk = dialog(page, 'Change for all people found');
    await pick(bulk.getByRole('combobox', { name: 'Group' }), 'Support Europe');
    await button(bulk, 'Show whom it is about').click();
    await bulk.getByText('2 people').waitFor();
    await bulk.getByRole('listitem').filter({ hasText: 'c.toth' }).waitFor();
    await expectAccessible(page);
    await button(bulk, 'Start').click();

    await page.locator('#content').getByText('Done', { exact: true }).waitFor();
    await expectAccessible(page);
    expect(await directKeys('c.toth', groupId)).toEqual(['ro']);
    expect(await directKeys('b.meinl', groupId)).toEqual([]);

    await button(page, 'Take it back').click();
    await page.getByRole('heading', { level: 1 }).getByText('Take back job').waitFor();
    await page.locator('#content').getByText('Done', { exact: true }).waitFor();
    expect(await directKeys('c.toth', groupId)).toEqual([]);
    await page.goto('/jobs');
    await page.getByRole('listitem').filter({ hasText: 'Grant ro on the group Support Europe' }).waitFor();
  });

  it('takes a change of relations back from the history of the record', async () => {
    const { groupId } = (await api.get<{ items: Group[] }>('groups?search=Europe')).items[0] ?? { groupId: 0 };
    await api.patch('customer-users/b.meinl/groups', '', { add: [{ groupId, key: 'rw' }] });
    await page.goto('/customer-users/b.meinl/history');
    await page.getByText('Group Support Europe').waitFor();
    await expectAccessible(page);

    await button(page, 'Undo').click();

    await page.getByRole('listitem').filter({ hasText: 'changed relations' }).nth(1).waitFor();
    expect(await directKeys('b.meinl', groupId)).toEqual([]);
  });

  it('asks whether the tickets of a person follow to another customer', async () => {
    await openRecord(page, 'customer-users', 'a.meier');
    await pickCustomer(page, field(page, 'Customer ID'), 'Globex', 'Globex');
    expect(await page.getByLabel('follow to the new customer').isChecked()).toBe(true);
    await page.getByLabel('stay with the old customer').check();
    await expectAccessible(page);
    const saving = page.waitForRequest((request) => request.method() === 'PATCH');
    await button(page, 'Save').click();

    expect((await saving).postDataJSON()).toEqual({ customerId: 'GLOBEX', moveTickets: false });
    await page.getByText('Saved.').first().waitFor();
    await api.patch('customer-users/a.meier', (await api.get<CustomerUser>('customer-users/a.meier')).version, { customerId: 'ACME' });
  });

  it('renames a customer with everything that names it, after showing what that is', async () => {
    await page.goto('/customers/ACME/details');
    await button(page, 'Rename').click();
    const rename = dialog(page, 'Rename ACME');
    await field(rename, 'New customer ID').fill('GLOBEX');
    await button(rename, 'Show what follows').click();
    await rename.getByText('already in use').waitFor();

    await field(rename, 'New customer ID').fill('ACME-TOOLS');
    await button(rename, 'Show what follows').click();
    await rename.getByRole('row').filter({ hasText: 'Records of' }).first().waitFor();
    await expectAccessible(page);
    await button(rename, 'Rename').click();
    await rename.getByText('The new name is ACME-TOOLS.').waitFor();
    await button(rename, 'Close').click();

    await page.waitForURL('**/customers/ACME-TOOLS/details');
    expect(await api.get('customer-users/a.meier')).toMatchObject({ customerId: 'ACME-TOOLS' });
  });

  it('renames a person, whose rights go along', async () => {
    const { groupId } = (await api.get<{ items: Group[] }>('groups?search=Europe')).items[0] ?? { groupId: 0 };
    await api.patch('customer-users/c.toth/groups', '', { add: [{ groupId, key: 'ro' }] });
    await openRecord(page, 'customer-users', 'c.toth');
    await button(page, 'Rename').click();
    const rename = dialog(page, 'Rename c.toth');
    await field(rename, 'New username').fill('csilla.toth');
    await button(rename, 'Show what follows').click();
    await rename.getByText('Permissions on groups').waitFor();
    await button(rename, 'Rename').click();
    await button(rename, 'Close').click();

    await page.waitForURL('**/customer-users/csilla.toth/details');
    expect(await directKeys('csilla.toth', groupId)).toEqual(['ro']);
  });

  it.each(['/relations', '/jobs', '/groups', '/services'])('has no accessibility violation, light and dark, and fits 400 and 320 px: %s', async (path) => {
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme });
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await expectAccessible(page);
    }
    for (const width of [400, 320]) {
      await page.setViewportSize({ width, height: 800 });
      await expectNoSidewaysScroll(page);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    window.watch.expectNothingOdd();
  });
});
