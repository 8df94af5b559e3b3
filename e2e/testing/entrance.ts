import type { BrowserContext, Page } from 'playwright-core';
import type { AgentCreated, Me } from '../../server/contract/embedded-host.js';
import type { Permission } from '../../server/contract/session.js';
import type { RunningServer } from './server-process.js';

export const adminPassword = 'regen auf dem dach';
/** As our own pages ask: the embedded host takes changes from nobody else. */
const ownPage = { 'X-Clientele-Embedded-Host': '1', 'Sec-Fetch-Site': 'same-origin' };

/** Lets the window's person in by a one-time link and sets a password, as the sign-in page does, without looking at it. */
export async function enterByLink(context: BrowserContext, link: string, password = adminPassword): Promise<Me> {
  const me = await callHost<Me>(context, 'POST', 'sign-in-link', { link: linkToken(link) });
  await callHost(context, 'POST', 'password', { password });
  return me;
}

export async function enterAsFirstAdmin(context: BrowserContext, server: RunningServer): Promise<void> {
  if (server.signInLink === null) throw new Error(`The ready line had no sign-in link:\n${server.log()}`);
  await enterByLink(context, server.signInLink);
}

/** Has the administrator of `context` make an agent; answers with the agent's one-time link. */
export async function addAgent(context: BrowserContext, login: string, permission: Permission): Promise<string> {
  const created = await callHost<AgentCreated>(context, 'POST', 'agents', { login, name: login, permissions: [permission] });
  return created.signInLink;
}

/** Signs in on the page itself. */
export async function signInOnPage(page: Page, login: string, password = adminPassword): Promise<void> {
  await page.getByLabel('Login').fill(login);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

export async function callHost<Answer>(context: BrowserContext, method: string, path: string, body?: object): Promise<Answer> {
  const response = await context.request.fetch(`/embedded-host/api/${path}`, {
    method,
    headers: ownPage,
    // the example data is 500 people, each with a history
    timeout: 120_000,
    ...(body === undefined ? {} : { data: body }),
  });
  if (!response.ok()) throw new Error(`${method} ${path}: ${response.status()} ${await response.text()}`);
  return response.status() === 204 ? (undefined as Answer) : ((await response.json()) as Answer);
}

function linkToken(link: string): string {
  const token = new URLSearchParams(new URL(link).hash.slice(1)).get('link');
  if (token === null) throw new Error(`No one-time link in ${link}`);
  return token;
}
