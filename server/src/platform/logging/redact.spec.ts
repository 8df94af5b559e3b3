import { redactSecrets } from './redact.js';

describe('redactSecrets', () => {
  it.each([
    ['connect postgres://clientele:s3cret@db:5432/helpdesk', 's3cret'],
    ['mysql://root:p%40ss@127.0.0.1/otrs', 'p%40ss'],
    ['Authorization: Bearer 3q2-7wAbC', '3q2-7wAbC'],
    ['token clt_3fJ2kd9Qm1', '3fJ2kd9Qm1'],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZ2VudDoxIn0.c2ln', 'c2ln'],
    ['stored $2b$12$abcdefghijklmnopqrstuuJ9Zz', 'abcdefghijklmnopqrstuu'],
    ['scrypt:17:8:1:c2FsdA==:aGFzaA==', 'aGFzaA'],
    ['{"password":"hunter22"}', 'hunter22'],
    ['GET /embedded-host/sign-in#link=abcdef123456', 'abcdef123456'],
  ])('hides the secret in: %s', (text, secret) => {
    expect(redactSecrets(text)).not.toContain(secret);
  });

  it('leaves ordinary words alone', () => {
    const text = 'The backend CustomerUser2 does not answer (ECONNREFUSED 10.0.0.7:3306)';

    expect(redactSecrets(text)).toBe(text);
  });
});
