import { describeError } from './describe-error.js';

describe('describeError', () => {
  it('tells what it is and what caused it', () => {
    const described = describeError(new TypeError('outer', { cause: new Error('inner') }));

    expect(described).toMatchObject({ type: 'TypeError', message: 'outer', cause: { type: 'Error', message: 'inner' } });
    expect(described.stack).toContain('describe-error.spec');
  });

  it('leaves out the query and the values that drivers put into their errors', () => {
    const error = Object.assign(new Error('duplicate'), {
      code: '23505',
      query: 'INSERT INTO customer_user …',
      parameters: ['anna', 'secret-hash'],
    });

    expect(JSON.stringify(describeError(error))).not.toMatch(/INSERT|secret-hash/);
    expect(describeError(error).code).toBe('23505');
  });

  it('ends with a ring of causes', () => {
    const error = new Error('ring');
    error.cause = error;

    expect(JSON.stringify(describeError(error)).match(/"type"/g)).toHaveLength(6);
  });

  it('describes a list of issues', () => {
    const issues = [{ code: 'invalid_type', path: ['items', 0, 'version'], message: 'expected string' }];

    expect(describeError(issues)).toEqual({
      type: 'object',
      message: "[ { code: 'invalid_type', path: [ 'items', 0, 'version' ], message: 'expected string' } ]",
    });
  });

  it('describes what is no error at all', () => {
    expect(describeError('postgres://a:b@c/d refused')).toEqual({ type: 'string', message: 'postgres://***@c/d refused' });
  });
});
