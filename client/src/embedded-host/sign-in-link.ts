/** What of `window` is needed to take the one-time link out of the address. */
export interface AddressBar {
  readonly location: { readonly pathname: string; readonly search: string; readonly hash: string };
  readonly history: { replaceState(state: unknown, unused: string, url: string): void };
}

/**
 * Takes the one-time link (`#link=…`) out of the address bar and returns it; `null` where there is none. The fragment is
 * gone before anything else happens, so that it stays neither in the history nor in a bookmark nor in a picture of the screen.
 */
export function takeSignInLink(page: AddressBar): string | null {
  const link = new URLSearchParams(page.location.hash.slice(1)).get('link');
  if (link === null || link === '') return null;
  page.history.replaceState(null, '', page.location.pathname + page.location.search);
  return link;
}
