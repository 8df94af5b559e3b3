import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axeScript = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
}

/** Fails with every violation of WCAG 2.2 A and AA and of the best practices that axe finds on the page as it is now. */
export async function expectAccessible(page: Page): Promise<void> {
  await injectAxe(page);
  // What fades in has to be there in full: contrast is computed from what is painted.
  await page.evaluate('Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => null)))');
  const violations = await page.evaluate<Violation[]>(
    `axe.run(document, { resultTypes: ['violations'] }).then((results) => results.violations)`,
  );
  expect(violations.map(describeViolation)).toEqual([]);
}

/** Through the debugger's protocol: the page's policy lets no script element of ours in, and must not. */
async function injectAxe(page: Page): Promise<void> {
  if (await page.evaluate<boolean>('"axe" in window')) return;
  await page.evaluate(await readFile(axeScript, 'utf8'));
}

function describeViolation({ id, help, nodes }: Violation): string {
  return `${id}: ${help}\n${nodes.map((node) => `  ${node.target.join(' ')}\n    ${node.failureSummary ?? ''}`).join('\n')}`;
}
