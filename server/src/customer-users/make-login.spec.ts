import { makeLogin } from './make-login.js';

const now = new Date('2026-03-04T05:06:59Z');

describe('a made login', () => {
  it('TW10: has the prefix, the minute and a number from 0 to 98', () => {
    const logins = Array.from({ length: 500 }, () => makeLogin('auto', now, 0));

    for (const login of logins) expect(login).toMatch(/^auto-202603040506(\d|[1-8]\d|9[0-8])$/);
  });

  it('has more numbers to choose from after many collisions (ours)', () => {
    expect(makeLogin('kunde', now, 10, (bound) => bound - 1)).toBe('kunde-202603040506999999');
  });
});
