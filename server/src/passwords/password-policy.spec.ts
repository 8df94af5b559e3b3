import { passwordIssues } from './password-policy.js';

describe('a chosen password', () => {
  it.each(['correct horse battery', 'пароль-12', 'ä'.repeat(36), '        ', '👩‍💻👩‍💻👩‍💻'])('may be "%s"', (password) => {
    expect(passwordIssues(password, 'anna')).toEqual([]);
  });

  it.each([
    ['0', 'password.too-short'],
    ['short', 'password.too-short'],
    ['👩👩👩👩👩👩👩', 'password.too-short'],
    ['x'.repeat(73), 'password.too-long'],
    [`${'ä'.repeat(36)}x`, 'password.too-long'],
    ['line\nbreak', 'characters'],
    ['null\0byte', 'characters'],
    ['ANNA.Müller', 'password.equals-login'],
  ])('is refused when it is "%s": %s', (password, code) => {
    expect(passwordIssues(password, 'anna.müller')).toEqual([expect.objectContaining({ path: 'password', code })]);
  });
});
