import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { watch, type PageWatch } from './page-watch.js';

const candidates = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface WindowOptions {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: 'light' | 'dark';
  readonly locale?: string;
}

/** One person's browser: an empty profile, a window, and a watch on all that its pages ask for and complain about. */
export interface BrowserWindow {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly watch: PageWatch;
  /** Opens another tab in the same profile, watched as well. */
  newTab(): Promise<Page>;
}

/** Debian's Chromium with an empty profile. Ends with `close()`, its windows with it. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = candidates.find((path) => path !== undefined && existsSync(path));
  if (executablePath === undefined) throw new Error('No Chromium: install it (Debian: chromium) or name one in CHROMIUM');
  return chromium.launch({ executablePath, args: flags, chromiumSandbox: false });
}

export async function openWindow(browser: Browser, origin: string, options: WindowOptions = {}): Promise<BrowserWindow> {
  const context = await browser.newContext({
    baseURL: origin,
    viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
    colorScheme: options.theme ?? 'light',
    locale: options.locale ?? 'en-GB',
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
  });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
  context.setDefaultTimeout(60_000);
  const pageWatch = watch(context, origin);
  const page = await context.newPage();
  return { context, page, watch: pageWatch, newTab: () => context.newPage() };
}
