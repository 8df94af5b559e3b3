import type { Browser, Page } from 'playwright-core';
import type { CustomersOfPersonPage } from '../server/contract/membership.js';
import type { EffectiveServices, ServicesOfPersonPage } from '../server/contract/service.js';
import { locales } from '../server/contract/session.js';
import { openApi, type ApiClient } from './testing/api-client.js';
import { launchBrowser, openWindow, type BrowserWindow } from './testing/browser.js';
import { enterAsFirstAdmin } from './testing/entrance.js';
import { englishLeftOvers, missingTexts, wordsOn } from './testing/languages.js';
import { box, changeRelations, createService, openRelation, rowOf, saveRelations, switchTo, undoNotice } from './testing/relations.js';
import { button } from './testing/screens.js';
import { seedSmallHelpdesk } from './testing/seed.js';
import { quickHashes, startServer, type RunningServer } from './testing/server-process.js';
import { expectGoodLooks } from './testing/looks.js';

describe('Customers and services of people', () => {
  let server: RunningServer;
  let browser: Browser;
  let admin: BrowserWindow;
  let page: Page;
  let api: ApiClient;
  let mail: number;
  let archive: number;

  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer({ configuration: quickHashes }), launchBrowser()]);
    admin = await openWindow(browser, server.origin);
    page = admin.page;
    await enterAsFirstAdmin(admin.context, server);
    api = await openApi(admin.context);
    await seedSmallHelpdesk(api);
    mail = await createService(api, 'Mail');
    archive = await createService(api, 'Archive', mail);
  });

  afterAll(async () => {
    await browser.close();
    await server.end();
  });

  afterEach(() => admin.watch.expectNothingOdd());

  it('assigns a customer from the page of the person, where the primary one is fixed', async () => {
    await openRelation(page, '/customer-users/a.meier/customers');
    await rowOf(page, 'Acme Tools').getByText('primary (from the person’s record)').waitFor();
    const primary = box(page, 'Customer Acme Tools (ACME) assigned');
    expect([await primary.isChecked(), await primary.getAttribute('aria-disabled')]).toEqual([true, 'true']);

    await switchTo(page, 'All');
    await box(page, 'Customer Globex Shipping (GLOBEX) assigned').check();
    await page.getByText('Assigns 1').waitFor();
    await saveRelations(page);
    await page.getByRole('link', { name: /^Customers 2$/ }).waitFor();

    const { items } = await api.get<CustomersOfPersonPage>('customer-users/a.meier/customers');
    expect(items.map(({ customer, kinds }) => [customer.customerId, kinds])).toEqual(
      expect.arrayContaining([['ACME', ['primary']], ['GLOBEX', ['assigned']]]),
    );
  });

  it('shows the same from the page of the customer, and takes it away there', async () => {
    await openRelation(page, '/customers/GLOBEX/customer-users');
    await rowOf(page, 'Bela Meinl').getByText('primary').waitFor();
    await box(page, 'Anna Meier (a.meier) assigned').uncheck();
    await saveRelations(page);

    const { items } = await api.get<CustomersOfPersonPage>('customer-users/a.meier/customers');
    expect(items.map(({ customer }) => customer.customerId)).toEqual(['ACME']);
    await undoNotice(page).getByRole('button', { name: 'Undo' }).click();
    await page.getByText('The change was taken back.').first().waitFor();
    await page.getByRole('checkbox', { name: 'Anna Meier (a.meier) assigned', checked: true }).waitFor();
  });

  it('marks invalid people, and lets their relations be removed', async () => {
    await changeRelations(api, 'services/' + mail + '/customer-users', { add: [{ login: 'c.toth' }] });
    const { version } = await api.get<{ version: string }>('customer-users/c.toth');
    await api.patch('customer-users/c.toth', version, { validity: 'invalid' });
    await openRelation(page, `/services/${mail}`);

    await rowOf(page, 'Csilla Tóth').getByText('Invalid').waitFor();
    await box(page, 'Csilla Tóth (c.toth) assigned').uncheck();
    await saveRelations(page);

    await openRelation(page, `/services/${mail}`);
    await page.getByText('Nothing assigned yet').waitFor();
  });

  it('says that default services are used by everybody without own services', async () => {
    await page.goto('/services');
    await page.getByRole('link', { name: 'Mail::Archive' }).waitFor();
    await page.getByRole('link', { name: 'Default services' }).click();
    await page.getByText('Default services are used by everybody without own services.').waitFor();
    await button(page, 'Show all services').click();
    await box(page, 'Service Mail assigned').check();
    await button(page, 'Save and finish').click();
    await undoNotice(page).getByText('Saved: 1 assigned.').waitFor();

    expect(await api.get<EffectiveServices>('customer-users/b.meinl/effective-services')).toMatchObject({ source: 'defaults', services: [{ name: 'Mail' }] });
    await page.getByRole('listitem').filter({ hasText: 'Mail' }).getByText('Default service').first().waitFor();
  });

  it('says on the page of a person that own services replace the default ones', async () => {
    await openRelation(page, '/customer-users/a.meier/services?show=all');
    const effective = page.getByRole('region', { name: 'Services in effect' });
    await effective.getByText('this person uses the default services').waitFor();

    await box(page, 'Service Mail::Archive assigned').check();
    await saveRelations(page);
    await effective.getByText('This person uses its own services').waitFor();
    await effective.getByText('Default services that the own ones replace:').waitFor();

    const { items } = await api.get<ServicesOfPersonPage>('customer-users/a.meier/services');
    expect(items.map(({ service }) => service.serviceId)).toEqual([archive]);
  });

  it('keeps what was ticked while nothing answers, and says so', async () => {
    const other = await openWindow(browser, server.origin);
    await other.context.addCookies(await admin.context.cookies());
    await openRelation(other.page, '/customer-users/b.meinl/services?show=all');
    await box(other.page, 'Service Mail assigned').check();
    await other.context.setOffline(true);
    await button(other.page, 'Save').click();
    await other.page.getByRole('alert').getByText('The server does not answer.').waitFor();

    await other.context.setOffline(false);
    expect(await box(other.page, 'Service Mail assigned').isChecked()).toBe(true);
    await saveRelations(other.page);
    await other.context.close();
  });

  it.each(['/customer-users/a.meier/groups', '/customers/ACME/groups', '/groups', '/groups/1/customers', '/customer-users/a.meier/access'])(
    'says on %s that group permissions are off, and by which setting they are switched on',
    async (path) => {
      await page.goto(path);

      await heading2(page, 'Group permissions are off').waitFor();
      await page.getByText('CustomerGroupSupport: 1').waitFor();
    },
  );

  it.each([
    ['customers of a person', '/customer-users/a.meier/customers'],
    ['people of a customer', '/customers/ACME/customer-users'],
    ['services of a person', '/customer-users/a.meier/services?show=all'],
    ['services', '/services'],
    ['people of a service', '/services/1'],
    ['default services', '/services/defaults'],
    ['groups while support is off', '/groups'],
  ])('has no accessibility violation, light and dark, and fits 400 and 320 px: %s', async (_title, path) => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(path);
    await page.locator('main :is([role=grid], h2, ul a)').first().waitFor();
    await page.getByText('Loading…').waitFor({ state: 'detached' });

    await expectGoodLooks(page);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it.each(locales.filter((locale) => locale !== 'en'))('has a text for everything and no English left over: %s', async (locale) => {
    const other = await openWindow(browser, server.origin, { locale });
    await other.context.addCookies(await admin.context.cookies());

    const faults: string[] = [];
    for (const path of ['/customers/ACME/customer-users', '/customer-users/a.meier/services?show=all', '/groups']) {
      await openRelation(other.page, path);
      const words = await wordsOn(other.page);
      faults.push(...[...missingTexts(words), ...englishLeftOvers(words, locale)].map((text) => `${path}: ${text}`));
    }

    expect(faults).toEqual([]);
    other.watch.expectNothingOdd();
    await other.context.close();
  });
});

function heading2(page: Page, name: string) {
  return page.getByRole('heading', { level: 2, name });
}
