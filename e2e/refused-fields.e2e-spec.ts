import type { Page } from 'playwright-core';
import type { CustomerUser } from '../server/contract/customer-user.js';
import { expectAccessible } from './testing/accessibility.js';
import { button, dialog, field, heading, openRecord, pickCustomer, waitForValue } from './testing/screens.js';
import { seedSmallHelpdesk } from './testing/seed.js';
import { quickHashes } from './testing/server-process.js';
import { openAdminStage, type AdminStage } from './testing/stage.js';

describe('What the server refuses', () => {
  let stage: AdminStage;
  let page: Page;

  beforeAll(async () => {
    stage = await openAdminStage({ configuration: quickHashes });
    page = stage.page;
    await seedSmallHelpdesk(stage.api);
  });

  afterAll(() => stage.end());

  afterEach(() => stage.window.watch.expectNothingOdd());

  /** The sentence that a screen reader reads with the field. */
  async function sentenceAt(label: string): Promise<string> {
    const ids = await field(page, label).getAttribute('aria-describedby');
    const texts = await Promise.all((ids ?? '').split(' ').filter(Boolean).map((id) => page.locator(`[id="${id}"]`).innerText()));
    return texts.join(' ');
  }

  async function fillNewPerson(values: Readonly<Record<string, string>>): Promise<void> {
    await page.goto('/customer-users/new');
    const all = { 'First name': 'Nora', 'Last name': 'Novak', Username: 'n.novak', 'E-mail': 'n.novak@acme.example', ...values };
    for (const [label, value] of Object.entries(all)) await field(page, label).fill(value);
    await pickCustomer(page, field(page, 'Customer ID'), 'acme', 'Acme Tools');
    await button(page, 'Create').click();
    await page.getByRole('alert').waitFor();
  }

  it.each([
    ['a login that is taken, in other letters', { Username: 'A.MEIER' }, 'Username'],
    ['a mail address that is taken', { 'E-mail': 'A.Meier@acme.example' }, 'E-mail'],
    ['something that is no mail address', { 'E-mail': 'nora at acme' }, 'E-mail'],
    ['a text longer than its column', { 'First name': 'N'.repeat(101) }, 'First name'],
    ['a required field left empty', { 'Last name': '  ' }, 'Last name'],
  ])('puts %s at its field, keeps what was typed and creates nothing', async (_, values, label) => {
    await fillNewPerson(values);

    expect(await field(page, label).getAttribute('aria-invalid')).toBe('true');
    expect(await sentenceAt(label)).toMatch(/\p{L}{3}.*[.!]/u);
    expect(await field(page, 'E-mail').inputValue()).not.toBe('');
    await expectAccessible(page);
    const link = page.getByRole('alert').getByRole('link', { name: label });
    await link.click();
    expect(await field(page, label).evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
    await expect(stage.api.get('customer-users/n.novak')).rejects.toThrow('404');
  });

  it('creates the person once the field is put right', async () => {
    await fillNewPerson({ Username: 'a.meier' });
    await field(page, 'Username').fill('n.novak');

    await button(page, 'Create').click();
    await button(dialog(page, 'Password of n.novak'), 'Done').click();

    await heading(page, 'Nora Novak').waitFor();
    expect((await stage.api.get<CustomerUser>('customer-users/n.novak')).customerId).toBe('ACME');
  });

  it('keeps a changed record as it was when a changed field is refused', async () => {
    await openRecord(page, 'customer-users', 'b.meinl');
    await field(page, 'E-mail').fill('a.meier@acme.example');
    await field(page, 'Phone').fill('must not be stored alone');
    await button(page, 'Save').click();
    await page.getByRole('alert').waitFor();

    expect(await field(page, 'E-mail').getAttribute('aria-invalid')).toBe('true');
    const stored = await stage.api.get<CustomerUser>('customer-users/b.meinl');
    expect([stored.email, stored.fields['UserPhone']]).toEqual(['b.meinl@acme.example', '']);
    await button(page, 'Discard').click();
    expect(await field(page, 'E-mail').inputValue()).toBe('b.meinl@acme.example');
  });

  it('refuses a customer ID that is taken, at its field', async () => {
    await page.goto('/customers/new');
    await field(page, 'Customer ID').fill('acme');
    await field(page, 'Customer').fill('Another Acme');

    await button(page, 'Create').click();
    await page.getByRole('alert').waitFor();

    expect(await field(page, 'Customer ID').getAttribute('aria-invalid')).toBe('true');
    await expectAccessible(page);
  });

  it('creates a missing customer beside the form and comes back with it selected', async () => {
    await page.goto('/customer-users/new');
    await field(page, 'First name').fill('Ola');

    await button(page, 'Create customer').click();
    const drawer = dialog(page, 'New customer');
    await field(drawer, 'Customer ID').fill('FJORD');
    await field(drawer, 'Customer').fill('Fjord Ferries');
    await expectAccessible(page);
    await button(drawer, 'Create').click();
    await drawer.waitFor({ state: 'hidden' });

    await waitForValue(field(page, 'Customer ID'), 'Fjord Ferries');
    expect(await field(page, 'First name').inputValue()).toBe('Ola');
  });

  it('says that there is no such record, and leads back to the list', async () => {
    await page.goto('/customer-users/nobody/details');

    await page.getByText('There is no customer user “nobody”.').waitFor();

    await expectAccessible(page);
    await page.getByRole('main').getByRole('link', { name: 'Customer users' }).click();
    await heading(page, 'Customer users').waitFor();
  });
});
