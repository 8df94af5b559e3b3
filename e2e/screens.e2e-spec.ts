import type { Browser, Page } from 'playwright-core';
import { expectAccessible } from './testing/accessibility.js';
import { launchBrowser, openWindow, type BrowserWindow } from './testing/browser.js';
import { callHost, enterAsFirstAdmin } from './testing/entrance.js';
import { expectNoSidewaysScroll } from './testing/reflow.js';
import { button, dialog, field, heading, rows } from './testing/screens.js';
import { takePicture } from './testing/screenshot.js';
import { startServer, type RunningServer } from './testing/server-process.js';

const person = 'agnes.kovacs';

/** Every screen and dialog, each with what has to be there before it is looked at, and the name of its picture. */
const screens: readonly { title: string; picture?: string; show: (page: Page) => Promise<void> }[] = [
  { title: 'the list of customer users', picture: 'customer-users', show: (page) => showList(page, 'customer-users') },
  { title: 'the list of customers', picture: 'customers', show: (page) => showList(page, 'customers') },
  {
    title: 'an empty result',
    show: async (page) => {
      await page.goto('/customer-users?search=nobody-at-all');
      await page.getByText('No customer users found').waitFor();
    },
  },
  {
    title: 'a search with an error',
    show: async (page) => {
      await page.goto('/customer-users?search=(a');
      await page.getByText('never closed').waitFor();
    },
  },
  {
    title: 'the choice of a customer in the filters',
    show: async (page) => {
      await showList(page, 'customer-users');
      await page.getByRole('combobox', { name: 'Customer' }).click();
      await page.getByRole('option').nth(3).waitFor();
    },
  },
  {
    title: 'a customer user',
    picture: 'customer-user',
    show: async (page) => {
      await page.goto(`/customer-users/${person}/details`);
      await field(page, 'First name').waitFor();
    },
  },
  {
    title: 'the history of a customer user',
    picture: 'history',
    show: async (page) => {
      await page.goto(`/customer-users/${person}/history`);
      await page.getByRole('main').getByRole('listitem').filter({ has: page.locator('time') }).first().waitFor();
    },
  },
  {
    title: 'the form for a new customer user',
    show: async (page) => {
      await page.goto('/customer-users/new');
      await field(page, 'First name').waitFor();
    },
  },
  {
    title: 'a form that was refused',
    show: async (page) => {
      await page.goto('/customer-users/new');
      await button(page, 'Create').click();
      await page.getByRole('alert').waitFor();
    },
  },
  {
    title: 'the drawer for a new customer',
    show: async (page) => {
      await page.goto('/customer-users/new');
      await button(page, 'Create customer').click();
      await dialog(page, 'New customer').waitFor();
    },
  },
  {
    title: 'a customer',
    show: async (page) => {
      await page.goto('/customers/fjord/details');
      await field(page, 'Customer').waitFor();
    },
  },
  {
    title: 'the form for a new customer',
    show: async (page) => {
      await page.goto('/customers/new');
      await field(page, 'Customer ID').waitFor();
    },
  },
  {
    title: 'the dialog for a new password',
    show: async (page) => {
      await page.goto(`/customer-users/${person}/details`);
      await button(page, 'Change password').click();
      await page.getByLabel('Set one myself').check();
    },
  },
  {
    title: 'the question before leaving',
    show: async (page) => {
      await page.goto(`/customer-users/${person}/details`);
      await field(page, 'Fax').fill('not saved');
      await page.getByRole('main').getByRole('link', { name: 'Customer users' }).click();
      await dialog(page, 'Leave this page?').waitFor();
    },
  },
  {
    title: 'the help for the keyboard',
    show: async (page) => {
      await showList(page, 'customer-users');
      await heading(page, 'Customer users').focus();
      await page.keyboard.press('?');
      await dialog(page, 'Keyboard shortcuts').waitFor();
    },
  },
  {
    title: 'an address that does not exist',
    show: async (page) => {
      await page.goto('/nowhere');
      await heading(page, 'This page does not exist').waitFor();
    },
  },
  {
    title: 'the agents',
    picture: 'agents',
    show: async (page) => {
      await page.goto('/embedded-host/agents');
      await page.getByText('The only administrator left').waitFor();
    },
  },
];

async function showList(page: Page, collection: 'customer-users' | 'customers'): Promise<void> {
  await page.goto(`/${collection}`);
  await rows(page).nth(5).waitFor();
}

describe('Every screen', () => {
  let server: RunningServer;
  let browser: Browser;
  let window: BrowserWindow;
  let page: Page;

  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer(), launchBrowser()]);
    window = await openWindow(browser, server.origin);
    page = window.page;
    await enterAsFirstAdmin(window.context, server);
    await page.goto('/');
    await heading(page, 'Welcome').waitFor();
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme });
      await expectAccessible(page);
      await takePicture(page, `first-run-${theme}`);
    }
    await callHost(window.context, 'POST', 'example-data', {});
  }, 180_000);

  afterAll(async () => {
    await browser.close();
    await server.end();
  });

  afterEach(() => window.watch.expectNothingOdd());

  it.each(screens)('has no accessibility violation, light and dark, and fits 400 and 320 px: $title', async ({ show, picture }) => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.emulateMedia({ colorScheme: 'light' });
    await show(page);

    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme });
      await expectAccessible(page);
      if (picture !== undefined) await takePicture(page, `${picture}-${theme}`);
    }
    for (const width of [1024, 400, 320]) {
      await page.setViewportSize({ width, height: 800 });
      await expectNoSidewaysScroll(page);
      if (width === 400) await expectAccessible(page);
      if (width === 400 && picture === 'customer-users') await takePicture(page, `${picture}-narrow`);
    }
  }, 120_000);

  it('turns the rows of the list into cards on a narrow screen', async () => {
    await page.setViewportSize({ width: 400, height: 800 });
    await showList(page, 'customer-users');

    const [first, second] = await Promise.all([rows(page).nth(0).boundingBox(), rows(page).nth(1).boundingBox()]);

    expect(first?.height).toBeGreaterThan(50);
    expect(second?.y).toBeGreaterThanOrEqual((first?.y ?? 0) + (first?.height ?? 0));
    expect(await page.getByRole('columnheader').first().evaluate((element) => element.getBoundingClientRect().width)).toBeLessThan(2);
  });

  it('shows the navigation behind a button on a narrow screen', async () => {
    await page.setViewportSize({ width: 400, height: 800 });
    await showList(page, 'customer-users');

    await button(page, 'Menu').click();
    await expectAccessible(page);
    await page.getByRole('dialog').getByRole('link', { name: 'Customers' }).click();

    await heading(page, 'Customers').waitFor();
  });

  it('follows the theme that one chose, whatever the system says', async () => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.emulateMedia({ colorScheme: 'light' });
    await showList(page, 'customer-users');
    await button(page, 'Menu of Administrator').click();
    await page.getByRole('menuitem', { name: 'Appearance' }).press('Enter');
    await page.getByRole('menuitemcheckbox', { name: 'Dark' }).press('Enter');

    await page.locator('html.dark').waitFor({ state: 'attached' });
    await page.reload();

    await rows(page).first().waitFor();
    await page.locator('html.dark').waitFor({ state: 'attached' });
    await page.evaluate('localStorage.clear()');
  });
});
