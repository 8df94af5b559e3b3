import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { openTestDatabase, type TestDatabase } from '../server/testing/databases.js';
import { makeFamily } from '../server/testing/helpdesk-families.js';
import { insertPopulation, makeCompanies, makePeople, personColumns } from '../server/testing/people.js';
import { expectAccessible } from './testing/accessibility.js';
import { launchBrowser, openWindow, type BrowserWindow } from './testing/browser.js';
import { enterAsFirstAdmin } from './testing/entrance.js';
import { button, dialog, field, heading, listedKeys, openRecord, pickCustomer, rows, searchFor } from './testing/screens.js';
import { startServer, type RunningServer } from './testing/server-process.js';

const configuration = fileURLToPath(new URL('../server/testing/configurations/database-only.yaml', import.meta.url));
const size = { people: 10_000, customers: 300 };
const companies = makeCompanies(size.customers);
const people = makePeople(size.people, companies);
const someone = people.find((person) => person.validId === 1 && person.room === '3.14') ?? people[0];

describe("A helpdesk's own MariaDB with 10,000 people and the operator's configuration", () => {
  let database: TestDatabase;
  let server: RunningServer;
  let browser: Browser;
  let window: BrowserWindow;
  let page: Page;
  if (someone === undefined) throw new Error('nobody generated');

  beforeAll(async () => {
    database = await openTestDatabase('mariadb');
    await makeFamily(database.connection, 'znuny-7.1');
    await database.connection.execute(
      "INSERT INTO valid (id, name, create_time, create_by, change_time, change_by) VALUES (2, 'invalid', CURRENT_TIMESTAMP, 1, CURRENT_TIMESTAMP, 1), (3, 'invalid-temporarily', CURRENT_TIMESTAMP, 1, CURRENT_TIMESTAMP, 1)",
    );
    await insertPopulation(database.connection, { ...size, personColumns: { ...personColumns, room: 'room' } });
    [server, browser] = await Promise.all([startServer({ databaseUrl: database.url, configuration }), launchBrowser()]);
    window = await openWindow(browser, server.origin);
    page = window.page;
    await enterAsFirstAdmin(window.context, server);
  }, 180_000);

  afterAll(async () => {
    await browser.close();
    await server.end();
    await database.drop();
  });

  afterEach(() => window.watch.expectNothingOdd());

  const storedRoom = async (login: string): Promise<unknown> => {
    const [found] = await database.connection.query('SELECT room, email, last_name FROM customer_user WHERE login = ?', [login]);
    return found;
  };

  it('lists them page by page, and says how many there are', async () => {
    await page.goto('/customer-users');
    await rows(page).nth(49).waitFor();

    const valid = people.filter((person) => person.validId === 1).length;
    await page.getByText(`1–50 of ${valid.toLocaleString('en-GB')}`).waitFor();

    await expectAccessible(page);
  });

  it('finds one of them by each configured search field', async () => {
    await page.goto('/customer-users');
    for (const text of [someone.login, someone.email, `${someone.firstName}+${someone.lastName}+${someone.login}`]) {
      await searchFor(page, text);
      await rows(page).filter({ hasText: someone.login }).first().waitFor();
      expect(await listedKeys(page)).toContain(someone.login);
    }
  });

  it("shows the operator's own column by the operator's own label, in the list and in the form", async () => {
    await page.goto('/customer-users');
    await page.getByRole('columnheader', { name: 'Habitación' }).waitFor();
    await searchFor(page, someone.login);
    await rows(page).filter({ hasText: someone.room }).first().waitFor();

    await openRecord(page, 'customer-users', someone.login);

    expect(await field(page, 'Habitación').inputValue()).toBe(someone.room);
    expect(await page.getByLabel('Street', { exact: true }).count()).toBe(0);
    await expectAccessible(page);
  });

  it('stores a changed room in that column and leaves every other column as it was', async () => {
    await openRecord(page, 'customer-users', someone.login);
    const [before] = await database.connection.query('SELECT * FROM customer_user WHERE login = ?', [someone.login]);

    await field(page, 'Habitación').fill('7.07 – West');
    await button(page, 'Save').click();
    await page.getByText('Saved.').first().waitFor();

    const [after] = await database.connection.query('SELECT * FROM customer_user WHERE login = ?', [someone.login]);
    const audit = { change_time: expect.anything(), change_by: expect.anything() };
    expect(after).toEqual({ ...before, ...audit, room: '7.07 – West' });
    await page.goto(`/customer-users/${someone.login}/history`);
    await page.getByText('7.07 – West').waitFor();
    await page.getByText('Habitación').first().waitFor();
  });

  it('asks for the room where the configuration requires it, and creates a person with it', async () => {
    await page.goto('/customer-users/new');
    await field(page, 'Firstname').or(field(page, 'First name')).fill('Room');
    await field(page, 'Last name').fill('Guest');
    await field(page, 'Username').fill('room.guest');
    await field(page, 'E-mail').fill('room.guest@hotel.example');
    await pickCustomer(page, field(page, 'Customer ID'), companies[7]?.name ?? '', companies[7]?.name ?? '');
    await button(page, 'Create').click();
    await page.getByRole('alert').getByRole('link', { name: 'Habitación' }).click();
    await page.keyboard.type('0.01');

    await button(page, 'Create').click();
    await button(dialog(page, 'Password of room.guest'), 'Done').click();

    await heading(page, 'Room Guest').waitFor();
    expect(await storedRoom('room.guest')).toEqual({ room: '0.01', email: 'room.guest@hotel.example', last_name: 'Guest' });
  });

  it('searches the room once the configuration names it among the search fields', async () => {
    await page.goto('/customer-users');
    await searchFor(page, '7.07*');
    await page.getByText('No customer users found').waitFor();

    const text = await readFile(configuration, 'utf8');
    const searched = join(server.dataDirectory, 'room-searched.yaml');
    await writeFile(searched, text.replace('CustomerUserSearchFields: [login,', 'CustomerUserSearchFields: [room, login,'));
    const another = await startServer({ databaseUrl: database.url, configuration: searched });
    const visitor = await openWindow(browser, another.origin);
    await visitor.context.addCookies(await window.context.cookies());

    await visitor.page.goto('/customer-users');
    await rows(visitor.page).first().waitFor();
    await searchFor(visitor.page, '7.07*');
    await rows(visitor.page).filter({ hasText: someone.login }).waitFor();

    expect(await listedKeys(visitor.page)).toEqual([someone.login]);
    visitor.watch.expectNothingOdd();
    await visitor.context.close();
    await another.end();
  });
});
