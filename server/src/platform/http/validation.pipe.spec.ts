import { z } from 'zod';
import { CustomerUserCreate } from '../../../contract/customer-user.js';
import { ListQuery } from '../../../contract/page.js';
import { ValidationFailed } from '../../kernel/errors.js';
import { ValidationPipe } from './validation.pipe.js';

const pipe = new ValidationPipe();

async function issuesOf(schema: z.ZodType, value: unknown, data?: string) {
  const refusal = await pipe.transform(value, { type: data === undefined ? 'body' : 'param', schema, data }).catch((error: unknown) => error);
  if (!(refusal instanceof ValidationFailed)) throw new Error('was not refused');
  return refusal.issues;
}

describe('ValidationPipe', () => {
  it('hands over what the schema makes of the value', async () => {
    await expect(pipe.transform({ limit: '20' }, { type: 'query', schema: ListQuery })).resolves.toEqual({
      limit: 20,
      validity: 'valid',
    });
  });

  it('says which fields are missing, unknown and of the wrong kind', async () => {
    const issues = await issuesOf(CustomerUserCreate, { email: 1, pw: 'x', fields: { a: {} } });

    expect(issues).toContainEqual({ path: 'customerId', code: 'required' });
    expect(issues).toContainEqual({ path: 'email', code: 'invalid-type', params: { expected: 'string' } });
    expect(issues).toContainEqual({ path: 'pw', code: 'unknown-field' });
    expect(issues).toContainEqual({ path: 'fields.a', code: 'invalid' });
  });

  it('says how long a text may be', async () => {
    const issues = await issuesOf(z.object({ comment: z.string().max(3) }), { comment: 'four' });

    expect(issues).toEqual([{ path: 'comment', code: 'too-long', params: { max: 3 } }]);
  });

  it.each(['0', '-1', '1000000000', 'NaN', '1.5', ''])('refuses %j as the size of a page', async (limit) => {
    const issues = await issuesOf(ListQuery, { limit });

    expect(issues[0]?.path).toBe('limit');
  });

  it('names the parameter of a path', async () => {
    const issues = await issuesOf(z.string().max(3), 'four', 'login');

    expect(issues).toEqual([{ path: 'login', code: 'too-long', params: { max: 3 } }]);
  });

  it('refuses a body that is not there', async () => {
    expect(await issuesOf(CustomerUserCreate, undefined)).toEqual([{ path: '', code: 'required' }]);
  });
});
