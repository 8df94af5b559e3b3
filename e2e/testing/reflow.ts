import type { Page } from 'playwright-core';

/** WCAG 1.4.10: at this width one scrolls in one direction only. Fails with what reaches beyond the edge. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const beyond = await page.evaluate<string[]>(`(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > width + 1)
      .map((element) => element.tagName.toLowerCase() + '.' + element.className);
  })()`);
  expect(beyond).toEqual([]);
}
