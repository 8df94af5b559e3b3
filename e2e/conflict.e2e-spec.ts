import type { Browser } from 'playwright-core';
import type { CustomerUser } from '../server/contract/customer-user.js';
import { expectAccessible } from './testing/accessibility.js';
import { openApi, type ApiClient } from './testing/api-client.js';
import { launchBrowser, openWindow, type BrowserWindow } from './testing/browser.js';
import { addAgent, enterAsFirstAdmin, enterByLink } from './testing/entrance.js';
import { expectNoSidewaysScroll } from './testing/reflow.js';
import { button, dialog, field, openRecord } from './testing/screens.js';
import { takePicture } from './testing/screenshot.js';
import { seedSmallHelpdesk } from './testing/seed.js';
import { quickHashes, startServer, type RunningServer } from './testing/server-process.js';

describe('Two browsers editing one record', () => {
  let server: RunningServer;
  let browsers: Browser[];
  let admin: BrowserWindow;
  let bela: BrowserWindow;
  let api: ApiClient;

  beforeAll(async () => {
    [server, browsers] = await Promise.all([startServer({ configuration: quickHashes }), Promise.all([launchBrowser(), launchBrowser()])]);
    const [one, other] = browsers;
    if (one === undefined || other === undefined) throw new Error('two browsers are needed');
    admin = await openWindow(one, server.origin);
    await enterAsFirstAdmin(admin.context, server);
    api = await openApi(admin.context);
    await seedSmallHelpdesk(api);
    bela = await openWindow(other, server.origin);
    await enterByLink(bela.context, await addAgent(admin.context, 'bela', 'clientele.write'));
  });

  afterAll(async () => {
    await Promise.all(browsers.map((browser) => browser.close()));
    await server.end();
  });

  afterEach(() => {
    admin.watch.expectNothingOdd();
    bela.watch.expectNothingOdd();
  });

  it('shows the second one what is theirs, what is stored and what was before, and loses nothing', async () => {
    await Promise.all([openRecord(admin.page, 'customer-users', 'a.meier'), openRecord(bela.page, 'customer-users', 'a.meier')]);
    await field(bela.page, 'Phone').fill('111 by Bela');
    await field(bela.page, 'City').fill('Basel');
    await button(bela.page, 'Save').click();
    await bela.page.getByText('Saved.').first().waitFor();

    await field(admin.page, 'Phone').fill('222 by admin');
    await field(admin.page, 'Mobile').fill('333 by admin');
    await button(admin.page, 'Save').click();
    const conflict = dialog(admin.page, 'Changed by somebody else');
    await conflict.getByText('bela saved this record').waitFor();

    const phone = conflict.getByRole('row').filter({ hasText: 'Phone' });
    await phone.getByText('222 by admin').waitFor();
    await phone.getByText('111 by Bela').waitFor();
    await conflict.getByRole('row').filter({ hasText: 'City' }).getByText('Basel').waitFor();
    expect(await button(conflict, 'Save these choices').isDisabled()).toBe(true);
    await expectAccessible(admin.page);
    await takePicture(admin.page, 'conflict-light');
    await admin.page.emulateMedia({ colorScheme: 'dark' });
    await expectAccessible(admin.page);
    await takePicture(admin.page, 'conflict-dark');
    await admin.page.emulateMedia({ colorScheme: 'light' });

    await conflict.getByRole('radio', { name: /Phone: Yours/ }).check();
    await button(conflict, 'Save these choices').click();
    await admin.page.getByText('Saved.').first().waitFor();

    const stored = await api.get<CustomerUser>('customer-users/a.meier');
    expect(stored.fields).toMatchObject({ UserPhone: '222 by admin', UserMobile: '333 by admin', UserCity: 'Basel' });
    expect(await field(admin.page, 'City').inputValue()).toBe('Basel');
  });

  it('leads back to the form with everything typed still there', async () => {
    await Promise.all([openRecord(admin.page, 'customer-users', 'c.toth'), openRecord(bela.page, 'customer-users', 'c.toth')]);
    await field(bela.page, 'Street').fill('Fő utca 1');
    await button(bela.page, 'Save').click();
    await bela.page.getByText('Saved.').first().waitFor();

    await field(admin.page, 'Street').fill('Fő utca 2');
    await admin.page.keyboard.press('Control+s');
    const conflict = dialog(admin.page, 'Changed by somebody else');
    await admin.page.setViewportSize({ width: 320, height: 700 });
    await conflict.getByText('Fő utca 1').first().waitFor();
    await expectNoSidewaysScroll(admin.page);
    await expectAccessible(admin.page);
    await button(conflict, 'Back to the form').click();
    await admin.page.setViewportSize({ width: 1440, height: 900 });

    expect(await field(admin.page, 'Street').inputValue()).toBe('Fő utca 2');
    await button(admin.page, 'Save').click();
    await conflict.getByRole('radio', { name: /Street: Now stored/ }).check();
    await button(conflict, 'Save these choices').click();
    await conflict.waitFor({ state: 'hidden' });
    const stored = await api.get<CustomerUser>('customer-users/c.toth');
    expect(stored.fields['UserStreet']).toBe('Fő utca 1');
  });
});
