import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import type { GroupsOfPersonPage } from '../../server/contract/grant.js';
import type { Group } from '../../server/contract/group.js';
import type { Service } from '../../server/contract/service.js';
import type { ApiClient } from './api-client.js';
import { button } from './screens.js';

/** CustomerGroupSupport and Ticket::Service on, with both contexts. */
export const groupSupport = fileURLToPath(new URL('group-support.yaml', import.meta.url));

export const contexts = { same: 'Ticket::CustomerID::Same', other: 'Ticket::CustomerID::Other' };

export async function createGroup(api: ApiClient, name: string): Promise<number> {
  return (await api.post<Group>('groups', { name })).groupId;
}

export async function createService(api: ApiClient, name: string, parentId: number | null = null): Promise<number> {
  return (await api.post<Service>('services', { name, parentId })).serviceId;
}

/** A program's change of relations, which compares nothing. */
export async function changeRelations(api: ApiClient, path: string, delta: { add?: object[]; remove?: object[] }): Promise<void> {
  await api.patch(path, '', delta);
}

/** The rights a person has of its own, by the names of the groups. */
export async function keysByGroup(api: ApiClient, login: string): Promise<Record<string, string[]>> {
  const { items } = await api.get<GroupsOfPersonPage>(`customer-users/${login}/groups?show=assigned`);
  return Object.fromEntries(items.map(({ group, keys }) => [group.name ?? '', keys]));
}

/** Opens a page of relations and waits for its rows, or for being told that there are none. */
export async function openRelation(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.locator('[role=grid][aria-busy=false], main h2').first().waitFor();
}

export const grid = (page: Page): Locator => page.getByRole('grid');
export const box = (page: Page, name: string): Locator => page.getByRole('checkbox', { name, exact: true });
export const rowOf = (page: Page, name: string): Locator => grid(page).getByRole('row').filter({ has: page.getByRole('rowheader').getByText(name, { exact: true }) });

/** Between what is assigned and all there is. */
export async function switchTo(page: Page, name: string): Promise<void> {
  await page.getByRole('group', { name: 'Show' }).getByText(name).click();
}

/** Saves, and waits until it is said. */
export async function saveRelations(page: Page): Promise<void> {
  await button(page, 'Save').click();
  await undoNotice(page).getByText(/^Saved:/).waitFor();
}

export const undoNotice = (page: Page): Locator => page.getByRole('region', { name: 'Last change' });
