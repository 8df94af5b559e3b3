import type { BrowserContext } from 'playwright-core';
import type { Launch } from '../../server/contract/embedded-host.js';
import type { SessionOpened } from '../../server/contract/session.js';
import { callHost } from './entrance.js';

/** The API as a program sees it, with the rights of the person in the window. For preparing and for checking stories. */
export interface ApiClient {
  get<Answer>(path: string): Promise<Answer>;
  post<Answer>(path: string, body: object): Promise<Answer>;
  patch<Answer>(path: string, version: string, body: object): Promise<Answer>;
}

export async function openApi(context: BrowserContext): Promise<ApiClient> {
  const { launchToken } = await callHost<Launch>(context, 'POST', 'launch');
  const exchanged = await context.request.post('/api/v1/session/exchange', { data: { token: launchToken } });
  const { accessToken } = (await exchanged.json()) as SessionOpened;

  async function call<Answer>(method: string, path: string, body?: object, headers = {}): Promise<Answer> {
    const response = await context.request.fetch(`/api/v1/${path}`, {
      method,
      headers: { Authorization: `Bearer ${accessToken}`, ...headers },
      ...(body === undefined ? {} : { data: body }),
    });
    if (!response.ok()) throw new Error(`${method} ${path}: ${response.status()} ${await response.text()}`);
    return (await response.json()) as Answer;
  }

  return {
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
    patch: (path, version, body) => call('PATCH', path, body, { 'If-Match': `"${version}"` }),
  };
}
