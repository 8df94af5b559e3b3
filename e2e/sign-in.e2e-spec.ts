import { expectAccessible } from './testing/accessibility.js';
import { openWindow } from './testing/browser.js';
import { addAgent, adminPassword, enterAsFirstAdmin, signInOnPage } from './testing/entrance.js';
import { expectNoSidewaysScroll } from './testing/reflow.js';
import { openStage, type Stage } from './testing/stage.js';

describe('The door of the embedded host', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await openStage();
  });

  afterAll(() => stage.end());

  it('lets the first administrator in by the one-time link, asks for a password, and forgets the link', async () => {
    const { page, watch, context } = await openWindow(stage.browser, stage.server.origin);

    await page.goto(stage.server.signInLink ?? '');
    await page.getByLabel('New password').waitFor();

    expect(page.url()).toBe(`${stage.server.origin}/embedded-host/sign-in`);
    await expectAccessible(page);

    await page.getByLabel('New password').fill('too short');
    await page.getByRole('button', { name: 'Set password' }).click();
    await page.getByText('At least 10 characters are needed.').waitFor();
    await expectAccessible(page);

    await page.reload();
    await page.getByLabel('New password').fill(adminPassword);
    await page.getByText('Good', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Set password' }).click();
    await page.waitForURL((url) => !url.pathname.startsWith('/embedded-host'));

    const [cookie] = await context.cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
    watch.expectNothingOdd();
    await context.close();
  });

  it('says how to get another link when this one was used', async () => {
    const { page, watch, context } = await openWindow(stage.browser, stage.server.origin, { theme: 'dark' });

    await page.goto(stage.server.signInLink ?? '');

    await page.getByText('This sign-in link has been used or is too old').waitFor();
    await page.getByText('npm run cli -- sign-in-link').waitFor();
    expect(page.url()).not.toContain('#');
    await expectAccessible(page);
    watch.expectNothingOdd();
    await context.close();
  });

  it('tells a wrong password in words, keeps the login, and shows the password when asked to', async () => {
    const { page, watch, context } = await openWindow(stage.browser, stage.server.origin, { width: 320 });
    await page.goto('/embedded-host/sign-in');

    await signInOnPage(page, 'admin', 'not the password');
    await page.getByRole('alert').getByText('Login or password is wrong').waitFor();

    expect(await page.getByLabel('Login').inputValue()).toBe('admin');
    await page.getByLabel('Password', { exact: true }).fill('visible now');
    await page.getByRole('button', { name: 'Show password' }).click();
    expect(await page.getByLabel('Password', { exact: true }).getAttribute('type')).toBe('text');
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    watch.expectNothingOdd();
    await context.close();
  });

  it('asks for sign-in first and then goes on to the page that was wanted', async () => {
    const { page, watch, context } = await openWindow(stage.browser, stage.server.origin);
    await page.goto('/customers');
    await page.waitForURL(/\/embedded-host\/sign-in\?next=/);

    await signInOnPage(page, 'admin');

    await page.waitForURL(`${stage.server.origin}/customers`);
    watch.expectNothingOdd();
    await context.close();
  });

  it.each(['https://clientele.invalid/', '//clientele.invalid/', '/\\clientele.invalid/'])('never goes on to %s', async (next) => {
    const { page, watch, context } = await openWindow(stage.browser, stage.server.origin);
    await page.goto(`/embedded-host/sign-in?${new URLSearchParams({ next }).toString()}`);

    await signInOnPage(page, 'admin');

    await page.waitForURL((url) => !url.pathname.startsWith('/embedded-host'));
    expect(new URL(page.url()).origin).toBe(stage.server.origin);
    watch.expectNothingOdd();
    await context.close();
  });

  it('tells somebody who is no administrator that the agents are not theirs to see', async () => {
    const admin = await openWindow(stage.browser, stage.server.origin);
    await admin.page.goto('/embedded-host/sign-in');
    await signInOnPage(admin.page, 'admin');
    await admin.page.waitForURL((url) => !url.pathname.startsWith('/embedded-host'));
    const link = await addAgent(admin.context, 'rita', 'clientele.read');
    const reader = await openWindow(stage.browser, stage.server.origin);
    await reader.page.goto(link);
    await reader.page.getByLabel('New password').fill('another long password');
    await reader.page.getByRole('button', { name: 'Set password' }).click();
    await reader.page.waitForURL((url) => !url.pathname.startsWith('/embedded-host'));

    await reader.page.goto('/embedded-host/agents');

    await reader.page.getByText('Only administrators see the agents.').waitFor();
    await expectAccessible(reader.page);
    reader.watch.expectNothingOdd();
    await Promise.all([admin.context.close(), reader.context.close()]);
  });
});

describe('The agents of the embedded host', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await openStage();
  });

  afterAll(() => stage.end());

  it('are added with a permission and a link shown once, changed, switched off and on again', async () => {
    const { page, watch, context } = await openWindow(stage.browser, stage.server.origin);
    await enterAsFirstAdmin(context, stage.server);
    await page.goto('/customer-users');
    await page.getByRole('button', { name: 'Menu of Administrator' }).click();
    await page.getByRole('menuitem', { name: 'Agents' }).click();
    await page.getByText('The only administrator left').waitFor();
    await expectAccessible(page);

    await page.getByRole('button', { name: 'New agent' }).click();
    const dialog = page.getByRole('dialog', { name: 'New agent' });
    await dialog.getByLabel('Name').fill('Béla Kovács');
    await dialog.getByLabel('Login').fill('b kovacs');
    await dialog.getByRole('button', { name: 'Add agent' }).click();
    await dialog.getByText('Letters, digits and').waitFor();
    await expectAccessible(page);
    await dialog.getByLabel('Login').fill('b.kovacs');
    await dialog.getByRole('button', { name: 'Add agent' }).click();
    await dialog.getByRole('button', { name: 'Copy link' }).click();
    await dialog.getByText('Copied.').waitFor();
    await expectAccessible(page);
    const link = await page.evaluate<string>('navigator.clipboard.readText()');
    await dialog.getByRole('button', { name: 'Done' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await page.content()).not.toContain(link);

    const row = page.getByRole('listitem').filter({ hasText: 'b.kovacs' });
    await row.getByRole('combobox').click();
    await page.getByRole('option', { name: 'Administer' }).click();
    await page.getByText('The only administrator left').waitFor({ state: 'hidden' });
    await row.getByRole('switch').click();
    await page.getByText('The only administrator left').waitFor();
    await row.getByRole('switch').click();
    await page.getByText('The only administrator left').waitFor({ state: 'hidden' });

    const guest = await openWindow(stage.browser, stage.server.origin);
    await guest.page.goto(link);
    await guest.page.getByText('You are in as b.kovacs').waitFor();
    watch.expectNothingOdd();
    guest.watch.expectNothingOdd();
    await Promise.all([context.close(), guest.context.close()]);
  });
});
