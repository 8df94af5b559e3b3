import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { CustomerUser } from '../server/contract/customer-user.js';
import { service, startSlapd, type TestDirectory } from '../server/testing/slapd.js';
import { expectAccessible } from './testing/accessibility.js';
import { openApi, type ApiClient } from './testing/api-client.js';
import { launchBrowser, openWindow, type BrowserWindow } from './testing/browser.js';
import { addStaff, makeStaff, setServicePassword, staff, writeConfiguration } from './testing/directory.js';
import { addAgent, enterAsFirstAdmin, enterByLink } from './testing/entrance.js';
import { expectNoSidewaysScroll } from './testing/reflow.js';
import { box, openRelation, rowOf, saveRelations } from './testing/relations.js';
import { button, field, heading, listedKeys, openRecord, pickCustomer, row, rows, searchFor } from './testing/screens.js';
import { seedSmallHelpdesk } from './testing/seed.js';
import { startServer, type RunningServer } from './testing/server-process.js';

const everybody = ['a.meier', 'b.meinl', 'c.toth', 'l.staff', 'm.staffel'];

describe('A directory beside the database', () => {
  let directory: TestDirectory;
  let folder: string;
  let server: RunningServer;
  let browser: Browser;
  let window: BrowserWindow;
  let page: Page;
  let api: ApiClient;

  beforeAll(async () => {
    [directory, browser, folder] = await Promise.all([startSlapd(), launchBrowser(), mkdtemp(join(tmpdir(), 'clientele-e2e-'))]);
    await makeStaff(directory);
    server = await startServer({ configuration: await writeConfiguration(folder, directory) });
    window = await openWindow(browser, server.origin);
    page = window.page;
    await enterAsFirstAdmin(window.context, server);
    api = await openApi(window.context);
    await seedSmallHelpdesk(api);
    await addStaff(directory, [
      { login: 'l.staff', firstName: 'Lena', lastName: 'Staff' },
      { login: 'm.staffel', firstName: 'Milan', lastName: 'Staffel', more: { mail: ['milan@staff.example', 'm@staff.example'] } },
      { login: 'c.toth', firstName: 'Cecilia', lastName: 'Tóth' },
    ]);
  }, 180_000);

  afterAll(async () => {
    await browser.close();
    await server.end();
    await directory.stop();
    await rm(folder, { recursive: true, force: true });
  });

  afterEach(() => window.watch.expectNothingOdd());

  const inBothThemes = async (look: () => Promise<void>): Promise<void> => {
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      await look();
    }
  };
  const onNarrowPages = async (look: () => Promise<void>): Promise<void> => {
    for (const width of [400, 320]) {
      await page.setViewportSize({ width, height: 900 });
      await look();
    }
    await page.setViewportSize({ width: 1440, height: 900 });
  };
  const banner = () => page.getByRole('status').filter({ hasText: staff });

  async function healDirectory(): Promise<void> {
    await directory.resume();
    await api.post('backends/CustomerUser1/retry', {});
  }

  it('lists people of both, each with its source, and marks what is only read', async () => {
    await page.goto('/customer-users');
    await row(page, 'l.staff').waitFor();

    expect(await listedKeys(page)).toEqual(everybody);
    expect(await row(page, 'l.staff').innerText()).toMatch(/Read-only\s*Staff LDAP/);
    expect(await row(page, 'a.meier').innerText()).toMatch(/Database/);
    expect(await row(page, 'a.meier').innerText()).not.toMatch(/Read-only/);
    await inBothThemes(() => expectAccessible(page));
  });

  it('shows a person of the directory as text to copy, and says where to change what', async () => {
    await openRecord(page, 'customer-users', 'l.staff');

    await page.getByText('Managed in Staff LDAP. Change these values there.').waitFor();
    await page.getByText('What can I change here?').waitFor();

    expect(await page.getByRole('main').getByRole('textbox').count()).toBe(0);
    expect(await button(page, 'Save').count()).toBe(0);
    await button(page, 'Copy: E-mail').click();
    expect(await page.evaluate<string>('navigator.clipboard.readText()')).toBe('l.staff@staff.example');
    await inBothThemes(() => expectAccessible(page));
    await onNarrowPages(() => expectNoSidewaysScroll(page));
  });

  it('shows a username that both have on both records, and in the list of one backend', async () => {
    await openRecord(page, 'customer-users', 'c.toth');
    await page.getByText('“c.toth” is also in Staff LDAP.').waitFor();
    await inBothThemes(() => expectAccessible(page));

    await page.getByRole('link', { name: 'Show the record in Staff LDAP' }).click();
    await heading(page, 'Cecilia Tóth').waitFor();
    await page.getByText('Database has “c.toth” too and comes first').waitFor();
    expect(await button(page, 'Save').count()).toBe(0);
    await inBothThemes(() => expectAccessible(page));

    await page.getByRole('link', { name: 'Show the record in Database' }).click();
    await heading(page, 'Csilla Tóth').waitFor();
    await page.goto('/customer-users?backend=CustomerUser1');
    await row(page, 'c.toth').getByText('Database comes first').waitFor();
    await row(page, 'c.toth').getByRole('link').click();
    await heading(page, 'Cecilia Tóth').waitFor();
  });

  describe('that stops', () => {
    beforeEach(() => directory.halt());
    afterEach(healDirectory);

    it('while somebody searches: the others stay, it is named, and comes back by Try again (fault 1)', async () => {
      await page.goto('/customer-users');
      await banner().getByText('Staff LDAP has not answered since').waitFor();

      await searchFor(page, 'mei');
      await row(page, 'a.meier').waitFor();
      await row(page, 'c.toth').waitFor({ state: 'hidden' });
      expect(await listedKeys(page)).toEqual(['a.meier', 'b.meinl']);
      await searchFor(page, '');
      await row(page, 'c.toth').waitFor();
      await inBothThemes(() => expectAccessible(page));
      await onNarrowPages(() => expectNoSidewaysScroll(page));

      await directory.resume();
      await button(banner(), 'Try again').click();
      await row(page, 'l.staff').waitFor();
      await banner().waitFor({ state: 'hidden' });
      expect(await listedKeys(page)).toEqual(everybody);
      await page.locator('h1:focus').waitFor();
      await directory.halt();
    });

    it('while somebody edits a person of another backend: nothing is in the way (fault 1)', async () => {
      await openRecord(page, 'customer-users', 'b.meinl');
      await field(page, 'Phone').fill('while it was down');
      await button(page, 'Save').click();

      await page.getByText('Saved.').first().waitFor();

      const stored = await api.get<CustomerUser>('customer-users/b.meinl');
      expect(stored.fields['UserPhone']).toBe('while it was down');
    });

    it('while somebody creates: refused by its name, and everything typed is there for the next try (fault 1)', async () => {
      await page.goto('/customer-users/new');
      const typed = { 'First name': 'Nora', 'Last name': 'Novák', Username: 'n.novak', 'E-mail': 'n.novak@acme.example' };
      for (const [label, value] of Object.entries(typed)) await field(page, label).fill(value);
      await pickCustomer(page, field(page, 'Customer ID'), 'acme', 'Acme Tools');

      await button(page, 'Create').click();
      await page.getByRole('alert').getByText('Staff LDAP does not answer at the moment. Nothing was changed').waitFor();
      for (const [label, value] of Object.entries(typed)) expect(await field(page, label).inputValue()).toBe(value);
      await inBothThemes(() => expectAccessible(page));

      await directory.resume();
      await button(page, 'Create').click();
      await button(page.getByRole('dialog', { name: 'Password of n.novak' }), 'Done').click();
      await heading(page, 'Nora Novák').waitFor();
      await directory.halt();
    });

    it('while somebody assigns one of its people: refused by its name, and what was ticked is there for the next try (fault 1)', async () => {
      await directory.resume();
      await openRelation(page, '/customers/GLOBEX/customer-users?show=all&search=lena');
      await box(page, 'Lena Staff (l.staff) assigned').check();
      await directory.halt();

      await button(page, 'Save').click();
      await page.getByRole('alert').getByText('Staff LDAP does not answer at the moment. Nothing was changed').waitFor();
      expect(await box(page, 'Lena Staff (l.staff) assigned').isChecked()).toBe(true);

      await healDirectory();
      await saveRelations(page);
      await page.goto('/customer-users/l.staff/customers');
      await rowOf(page, 'Globex Shipping').waitFor();
      await directory.halt();
    });

    it('while somebody looks at one of its people: said on the page, which opens by Try again (fault 1)', async () => {
      await page.goto('/customer-users/l.staff/details');
      await page.getByRole('alert').getByText('Staff LDAP does not answer at the moment.').waitFor();
      await expectAccessible(page);

      await directory.resume();
      await button(page, 'Try again').click();

      await heading(page, 'Lena Staff').waitFor();
      await directory.halt();
    });

    it('is shown as failing on the page of the backends, and healthy again after a test', async () => {
      await page.goto('/customer-users');
      await banner().getByRole('link', { name: 'Details' }).click();
      await heading(page, staff).waitFor();
      await page.getByText('Failing since').waitFor();
      await page.getByText('No connection to it could be made').first().waitFor();

      await button(page, 'Test now').click();
      await page.getByText('The test failed after').first().waitFor();
      await page.getByRole('listitem').filter({ hasText: 'Connect' }).getByText('Failed').waitFor();
      await inBothThemes(() => expectAccessible(page));
      await onNarrowPages(() => expectNoSidewaysScroll(page));

      await directory.resume();
      await button(page, 'Test now').click();
      await page.getByText('The test passed in').first().waitFor();
      await page.getByText('Healthy').first().waitFor();
      await directory.halt();
    });
  });

  describe('on the pages of the backends', () => {
    it('is reached by keyboard, in the order of precedence, with state, people and rights', async () => {
      await page.goto('/customer-users');
      await rows(page).first().waitFor();
      await heading(page, 'Customer users').focus();
      await page.keyboard.press('g');
      await page.keyboard.press('b');
      await heading(page, 'Backends').waitFor();
      await page.getByText('Healthy').nth(2).waitFor();

      const listed = page.getByRole('region', { name: 'Customer users' }).getByRole('listitem');
      const texts = await listed.allInnerTexts();
      expect(texts.map((text) => text.replaceAll(/\s+/g, ' '))).toEqual([
        expect.stringMatching(/Database.*Healthy.*5 people.*Writable/),
        expect.stringMatching(/Staff LDAP.*Healthy.*3 people.*Read-only/),
      ]);
      await inBothThemes(() => expectAccessible(page));
      await onNarrowPages(async () => {
        await expectNoSidewaysScroll(page);
        await expectAccessible(page);
      });
    });

    it('shows the Map, and how it is searched', async () => {
      await page.goto('/backends/CustomerUser1?tab=fields');
      const login = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'UserLogin' }) });
      expect((await login.innerText()).replaceAll(/\s+/g, ' ')).toMatch(/UserLogin.*uid.*Username.*Text.*Required.*Read-only.*Searched/);
      await inBothThemes(() => expectAccessible(page));
      await onNarrowPages(() => expectNoSidewaysScroll(page));

      await page.getByRole('link', { name: 'Search behaviour' }).click();
      await page.getByText('Up to 200; more are reached page by page.').waitFor();
      await expectAccessible(page);
    });

    it('is tested on demand: four steps, then people side by side as stored and as mapped, with what is odd', async () => {
      await page.goto('/backends/CustomerUser1');
      await button(page, 'Test now').click();
      await page.getByText('The test passed in').first().waitFor();

      for (const step of ['Connect', 'Sign in', 'Search', 'Map']) {
        await page.getByRole('listitem').filter({ hasText: step }).getByText(/Passed · \d+ ms/).waitFor();
      }
      const milan = page.getByRole('group').filter({ has: page.locator('summary', { hasText: 'm.staffel' }) });
      await milan.locator('summary').getByText('E-mail: several values').waitFor();
      await milan.locator('summary').click();
      const mail = milan.getByRole('row').filter({ hasText: 'UserEmail' });
      expect((await mail.innerText()).split(/\s+/)).toEqual(['mail', 'milan@staff.example', 'm@staff.example', 'UserEmail', 'milan@staff.example']);
      expect(await page.content()).not.toContain(service.password);
      await inBothThemes(() => expectAccessible(page));
      await onNarrowPages(() => expectNoSidewaysScroll(page));
    });

    it('lists what the check of the configuration found, each with its line, what follows and what to do', async () => {
      await page.goto('/backends');
      const findings = page.getByRole('region', { name: 'Check of the configuration' });
      const password = findings.getByRole('listitem').filter({ hasText: 'UserPw' });
      await password.waitFor();

      expect((await password.innerText()).replaceAll(/\s+/g, ' ')).toMatch(/Line \d+ CustomerUser1 .*What follows .*\..*What to do .*\./);
      expect(await page.content()).not.toContain(service.password);
      await password.getByRole('link', { name: 'CustomerUser1' }).click();
      await heading(page, staff).waitFor();
    });

    it('says in a sentence that it was tested too often', async () => {
      await page.goto('/backends/CustomerUser1');
      const refused = page.getByRole('alert').getByText('Too many requests in a short time.');
      for (let attempt = 0; attempt < 6 && !(await refused.isVisible()); attempt += 1) {
        const answer = page.waitForResponse((response) => response.url().endsWith('/probe'));
        await button(page, 'Test now').click();
        await answer;
        await page.locator('button:not([disabled])', { hasText: 'Test now' }).waitFor();
      }

      await refused.waitFor();

      await expectAccessible(page);
    });

    it('tells an address without a backend, and an agent who may only look what is for administrators', async () => {
      await page.goto('/backends/CustomerUser7');
      await page.getByText('There is no backend “CustomerUser7”.').waitFor();

      const reader = await openWindow(browser, server.origin);
      await enterByLink(reader.context, await addAgent(window.context, 'rita', 'clientele.read'));
      await reader.page.goto('/backends/CustomerUser1');
      await reader.page.getByText('Administrators can also test a backend here').waitFor();

      expect(await button(reader.page, 'Test now').count()).toBe(0);
      expect(await reader.page.getByRole('heading', { name: 'Check of the configuration' }).count()).toBe(0);
      await expectAccessible(reader.page);
      reader.watch.expectNothingOdd();
      await reader.context.close();
    });
  });

  it('that refuses the account says so in plain words, and is left alone (fault 5)', async () => {
    await setServicePassword(directory, 'another password');
    await directory.halt();
    await directory.resume();

    await page.goto('/customer-users');
    await banner().waitFor();
    await page.goto('/backends');

    await page.getByText('It refuses the account that it is read with.').waitFor();
    await page.getByText('paused until').waitFor();
    await inBothThemes(() => expectAccessible(page));
  });
});
