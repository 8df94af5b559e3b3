import { nextPath } from './next-path.js';

const searchFor = (next: string): string => `?${new URLSearchParams({ next }).toString()}`;

describe('the page after signing in', () => {
  it.each(['/', '/customer-users', '/customer-users/anna?tab=history#top', '/customers/a%2Fb'])('goes on to %s', (path) => {
    expect(nextPath(searchFor(path))).toBe(path);
  });

  it.each([
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    '\\\\evil.example/',
    '/\t/evil.example/',
    '/\n/evil.example',
    '/customers\\..\\evil',
    'javascript:alert(1)',
    'customer-users',
    '',
  ])('never leaves this origin for %j', (path) => {
    expect(nextPath(searchFor(path))).toBe('/');
  });

  it('goes to the start page when nothing was asked for', () => {
    expect(nextPath('')).toBe('/');
  });

  it('does not come back to the sign-in page', () => {
    expect(nextPath(searchFor('/embedded-host/sign-in?next=/customers'))).toBe('/');
  });
});
