import type { Browser, Page } from 'playwright-core';
import { openApi, type ApiClient } from './api-client.js';
import { launchBrowser, openWindow, type BrowserWindow } from './browser.js';
import { enterAsFirstAdmin } from './entrance.js';
import { startServer, type RunningServer, type ServerOptions } from './server-process.js';

/** A server of its own and a browser, with nobody let in yet. */
export interface Stage {
  readonly server: RunningServer;
  readonly browser: Browser;
  end(): Promise<void>;
}

/** The same with the administrator's window, who is signed in, and the API in the administrator's name. */
export interface AdminStage extends Stage {
  readonly window: BrowserWindow;
  readonly page: Page;
  readonly api: ApiClient;
}

export async function openStage(options: ServerOptions = {}): Promise<Stage> {
  const [server, browser] = await Promise.all([startServer(options), launchBrowser()]);
  return {
    server,
    browser,
    async end() {
      await browser.close();
      await server.end();
    },
  };
}

export async function openAdminStage(options: ServerOptions = {}): Promise<AdminStage> {
  const stage = await openStage(options);
  const window = await openWindow(stage.browser, stage.server.origin);
  await enterAsFirstAdmin(window.context, stage.server);
  return { ...stage, window, page: window.page, api: await openApi(window.context) };
}
