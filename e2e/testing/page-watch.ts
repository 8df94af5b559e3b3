import type { BrowserContext, ConsoleMessage } from 'playwright-core';

/** What pages asked of the network and what they complained about since the window was opened. */
export interface PageWatch {
  /** Fails when anything left the origin, a policy was violated, a script failed or a text was missing. */
  expectNothingOdd(): void;
  readonly requests: readonly string[];
}

/** Refusals that stories provoke on purpose; the browser reports each as an error of its own. */
const expectedRefusals = /Failed to load resource: the server responded with a status of (?:401|403|404|409|412|422|428|429|503)\b/;

export function watch(context: BrowserContext, origin: string): PageWatch {
  const requests: string[] = [];
  const complaints: string[] = [];
  context.on('request', (request) => requests.push(request.url()));
  context.on('console', (message) => {
    if (isComplaint(message)) complaints.push(`${message.type()}: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => complaints.push(`uncaught: ${error.error().stack ?? error.error().message}`));
  return {
    requests,
    expectNothingOdd: () => {
      expect(requests.filter((url) => isForeign(url, origin))).toEqual([]);
      expect(complaints).toEqual([]);
    },
  };
}

function isForeign(url: string, origin: string): boolean {
  return !url.startsWith(`${origin}/`) && !url.startsWith('data:') && !url.startsWith('blob:') && url !== 'about:blank';
}

function isComplaint(message: ConsoleMessage): boolean {
  if (!['error', 'warning', 'assert'].includes(message.type())) return false;
  return !(expectedRefusals.test(message.text()) && /\/(?:embedded-host\/)?api\//.test(message.location().url));
}
