import { setTimeout as pause } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';

/** The words on the screens, in one place for all stories. */
export const heading = (page: Page, name: string): Locator => page.getByRole('heading', { level: 1, name });
/** A field by its label, which also says when its value has changed. */
export const field = (within: Page | Locator, label: string): Locator =>
  within.getByLabel(new RegExp(`^${label.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*(?:Changed, not saved yet)?$`));
export const button = (within: Page | Locator, name: string): Locator => within.getByRole('button', { name, exact: true });
export const dialog = (page: Page, name: string | RegExp): Locator => page.getByRole('dialog', { name });
export const searchBox = (page: Page): Locator => page.getByRole('searchbox');
export const rows = (page: Page): Locator => page.locator('tbody tr');
export const row = (page: Page, key: string): Locator => rows(page).filter({ has: page.getByRole('rowheader').getByText(key, { exact: true }) });

/** The keys in the list, top to bottom, once it has settled. */
export async function listedKeys(page: Page): Promise<string[]> {
  await page.locator('table:not([aria-busy=true])').waitFor();
  return rows(page).getByRole('rowheader').getByRole('link').allInnerTexts();
}

/** Searches as a person does, and waits for the answer to this very search. */
export async function searchFor(page: Page, text: string): Promise<void> {
  const answer = page.waitForResponse((response) => isListAnswer(response.url()) && (new URL(response.url()).searchParams.get('search') ?? '') === text);
  await searchBox(page).fill(text);
  await searchBox(page).press('Enter');
  await answer;
}

/** Picks a customer in a form or in the list's filters. */
export async function pickCustomer(page: Page, picker: Locator, search: string, name: string): Promise<void> {
  await picker.click();
  await page.getByPlaceholder('Search customers…').fill(search);
  await page.getByRole('option', { name }).click();
}

/** Waits until a field's value begins so. Asked from outside: the pages' policy lets no text be run as a script. */
export async function waitForValue(input: Locator, beginning: string): Promise<void> {
  const end = Date.now() + 15_000;
  while (!(await input.inputValue()).startsWith(beginning)) {
    if (Date.now() > end) throw new Error(`the field holds "${await input.inputValue()}", not "${beginning}…"`);
    await pause(50);
  }
}

export async function openRecord(page: Page, collection: 'customer-users' | 'customers', key: string): Promise<void> {
  await page.goto(`/${collection}/${encodeURIComponent(key)}/details`);
  await page.getByRole('heading', { level: 1 }).getByText(key).waitFor();
}

function isListAnswer(url: string): boolean {
  return /\/api\/v1\/(?:customer-users|customers)$/.test(new URL(url).pathname);
}
