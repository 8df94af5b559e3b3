import { DomainError, ValidationFailed } from '../kernel/errors.js';
import { EnvironmentInvalid } from '../platform/config/environment.js';
import { explain } from './report-failure.js';

describe('what is told when a start fails', () => {
  it('is the list of wrong settings', () => {
    expect(explain(new EnvironmentInvalid(['PORT is "abc".', 'HOST is "?".']))).toMatch(/PORT is "abc"\.\n {2}HOST is "\?"\./);
  });

  it('names the port that is taken', () => {
    const error = Object.assign(new Error('listen EADDRINUSE'), { code: 'EADDRINUSE', port: 8080 });

    expect(explain(error)).toBe('Port 8080 is in use by another program. Set PORT to another one.');
  });

  it('says what was refused and where', () => {
    expect(explain(new ValidationFailed([{ path: 'login', code: 'invalid-format' }]))).toBe(
      'Refused: validation.failed\n- login: invalid-format',
    );
  });

  it('holds neither a stack nor a password', () => {
    const told = explain(new DomainError('database.unavailable', { message: 'no way to postgres://root:hunter22@db/x' }));

    expect(told).toBe('no way to postgres://***@db/x');
  });
});
