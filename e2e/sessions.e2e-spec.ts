import type { Browser, Page } from 'playwright-core';
import type { CustomerUser } from '../server/contract/customer-user.js';
import { expectAccessible } from './testing/accessibility.js';
import { openApi } from './testing/api-client.js';
import { launchBrowser, openWindow, type BrowserWindow } from './testing/browser.js';
import { addAgent, callHost, enterAsFirstAdmin, enterByLink, signInOnPage } from './testing/entrance.js';
import { button, field, heading, listedKeys, openRecord, rows, searchBox } from './testing/screens.js';
import { seedSmallHelpdesk } from './testing/seed.js';
import { quickHashes, startServer, type RunningServer } from './testing/server-process.js';

describe('Staying signed in', () => {
  let server: RunningServer;
  let browser: Browser;
  let window: BrowserWindow;
  let page: Page;
  let ownFolder: () => Promise<void>;

  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer({ configuration: quickHashes }), launchBrowser()]);
    ownFolder = server.end;
    window = await openWindow(browser, server.origin);
    page = window.page;
    await enterAsFirstAdmin(window.context, server);
    await seedSmallHelpdesk(await openApi(window.context));
  });

  afterAll(async () => {
    await browser.close();
    await server.end();
    await ownFolder();
  });

  it('outlives a reload and a restart of the server, with everything stored', async () => {
    await openRecord(page, 'customer-users', 'a.meier');

    await server.stop();
    server = await startServer({ configuration: quickHashes, dataDirectory: server.dataDirectory, port: server.port });
    await page.reload();

    await heading(page, 'Anna Meier').waitFor();
    expect(server.signInLink).toBeNull();
    window.watch.expectNothingOdd();
  });

  it('saves after a restart of the server what was typed before it', async () => {
    await openRecord(page, 'customer-users', 'a.meier');
    await field(page, 'Phone').fill('typed before the restart');

    await server.stop();
    server = await startServer({ configuration: quickHashes, dataDirectory: server.dataDirectory, port: server.port });
    await button(page, 'Save').click();

    await page.getByText('Saved.').first().waitFor();
    const stored = await (await openApi(window.context)).get<CustomerUser>('customer-users/a.meier');
    expect(stored.fields['UserPhone']).toBe('typed before the restart');
  });

  it('keeps a draft when the session ends, and saves it after signing in in another tab', async () => {
    await openRecord(page, 'customer-users', 'a.meier');
    // What the page still asks for would meet the ended session before the draft is saved.
    await page.waitForLoadState('networkidle');
    await field(page, 'Phone').fill('a draft');
    await callHost(window.context, 'POST', 'sign-out');
    await refuseOnce(page);

    await button(page, 'Save').click();
    await page.getByText('Your session has ended', { exact: true }).waitFor();
    expect(await field(page, 'Phone').inputValue()).toBe('a draft');
    await expectAccessible(page);

    const [tab] = await Promise.all([
      window.context.waitForEvent('page'),
      page.getByRole('link', { name: 'Sign in in a new tab' }).click(),
    ]);
    await signInOnPage(tab, 'admin');
    await tab.waitForURL((url) => !url.pathname.startsWith('/embedded-host'));
    await tab.close();
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('Your session has ended', { exact: true }).waitFor({ state: 'hidden' });
    await button(page, 'Save').click();
    await page.getByText('Saved.').first().waitFor();
    window.watch.expectNothingOdd();
  });

  it('keeps the rows while the server does not answer, says so, and goes on when it is back', async () => {
    await page.goto('/customer-users');
    await rows(page).first().waitFor();
    const before = await listedKeys(page);
    await server.stop();

    await searchBox(page).fill('meier');
    await page.getByRole('alert').getByText('The server does not answer.').waitFor();
    expect(await listedKeys(page)).toEqual(before);
    await page.locator('[type=search]:focus').waitFor();
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: 'light' });

    await searchBox(page).fill('tóth');
    await button(page, 'Try again').click();
    await page.getByRole('alert').waitFor();
    expect(await listedKeys(page)).toEqual(before);

    server = await startServer({ configuration: quickHashes, dataDirectory: server.dataDirectory, port: server.port });
    await button(page, 'Try again').click();
    await page.getByRole('alert').waitFor({ state: 'hidden' });
    await rows(page).filter({ hasText: 'a.meier' }).waitFor({ state: 'hidden' });
    expect(await listedKeys(page)).toEqual(['c.toth']);
    await page.locator('h1:focus').waitFor();
  });

  it('ends by signing out', async () => {
    await page.goto('/customer-users');
    await button(page, 'Menu of Administrator').click();
    await expectAccessible(page);
    await page.getByRole('menuitem', { name: 'Sign out' }).click();

    await page.getByLabel('Login').waitFor();

    await page.goto('/customer-users');
    await page.getByLabel('Login').waitFor();
  });
});

/** No story waits for fifteen minutes: the next request meets a session that is over. */
function refuseOnce(page: Page): Promise<unknown> {
  const problem = { type: 'urn:clientele:problem:session.expired', title: '', status: 401, code: 'session.expired', issues: [], correlationId: 'e2e' };
  return page.route('**/api/v1/**', (route) => route.fulfill({ status: 401, contentType: 'application/problem+json', json: problem }), { times: 1 });
}

describe('An agent who may only look', () => {
  let server: RunningServer;
  let browser: Browser;
  let window: BrowserWindow;
  let page: Page;

  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer({ configuration: quickHashes }), launchBrowser()]);
    const admin = await openWindow(browser, server.origin);
    await enterAsFirstAdmin(admin.context, server);
    await seedSmallHelpdesk(await openApi(admin.context));
    window = await openWindow(browser, server.origin);
    page = window.page;
    await enterByLink(window.context, await addAgent(admin.context, 'rita', 'clientele.read'));
  });

  afterAll(async () => {
    await browser.close();
    await server.end();
  });

  afterEach(() => window.watch.expectNothingOdd());

  it('sees the list without a way to add', async () => {
    await page.goto('/customer-users');
    await rows(page).first().waitFor();

    await heading(page, 'Customer users').focus();
    await page.keyboard.press('n');

    expect(await page.getByRole('link', { name: 'New customer user' }).count()).toBe(0);
    expect(new URL(page.url()).pathname).toBe('/customer-users');
    await expectAccessible(page);
  });

  it('sees a record as text, with the reason why it cannot be changed', async () => {
    await openRecord(page, 'customer-users', 'a.meier');

    await page.getByText('You may look at this record, but not change it.').waitFor();

    expect(await page.getByRole('main').getByRole('textbox').count()).toBe(0);
    expect(await button(page, 'Save').count()).toBe(0);
    expect(await button(page, 'Change password').count()).toBe(0);
    await expectAccessible(page);
  });

  it('is told on the address of the form that there is nowhere to write', async () => {
    await page.goto('/customer-users/new');

    await page.getByText('There is no backend that you may write to.').waitFor();

    await expectAccessible(page);
  });
});
