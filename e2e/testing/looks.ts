import type { Page } from 'playwright-core';
import { expectAccessible } from './accessibility.js';
import { expectNoSidewaysScroll } from './reflow.js';

/** What every screen must hold: no accessibility violation in either theme, nothing beyond the edge at 400 and 320 px. */
export async function expectGoodLooks(page: Page, { atNarrow }: { readonly atNarrow: 'reflow' | 'reflow and axe' } = { atNarrow: 'reflow' }): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    await expectAccessible(page);
  }
  for (const width of [400, 320]) {
    await page.setViewportSize({ width, height: 800 });
    await expectNoSidewaysScroll(page);
    if (width === 400 && atNarrow === 'reflow and axe') await expectAccessible(page);
  }
}
