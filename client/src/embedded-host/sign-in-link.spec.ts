import { takeSignInLink } from './sign-in-link.js';

const pageAt = (hash: string) => {
  const shown: string[] = [];
  return {
    shown,
    location: { pathname: '/embedded-host/sign-in', search: '?next=%2Fcustomers', hash },
    history: { replaceState: (_state: unknown, _unused: string, url: string) => void shown.push(url) },
  };
};

describe('the one-time link in the address', () => {
  it('is taken and no longer shown', () => {
    const page = pageAt('#link=Zm9vYmFyLXRva2Vu_-1');

    expect(takeSignInLink(page)).toBe('Zm9vYmFyLXRva2Vu_-1');
    expect(page.shown).toEqual(['/embedded-host/sign-in?next=%2Fcustomers']);
  });

  it.each(['', '#', '#link=', '#top'])('is absent in %j, and the address stays as it is', (hash) => {
    const page = pageAt(hash);

    expect(takeSignInLink(page)).toBeNull();
    expect(page.shown).toEqual([]);
  });
});
