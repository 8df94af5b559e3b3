import { DomainError } from '../../kernel/errors.js';
import { parseJsonBody } from './json-body.js';

function refusalOf(text: string): DomainError {
  try {
    parseJsonBody(text);
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error('was not refused');
}

describe('parseJsonBody', () => {
  it('reads what JSON can say', () => {
    const value = parseJsonBody('{"login":"o\\"hara","fields":{"a":[1,{"b":null}],"c":"{\\"x\\":1,\\"x\\":2}"}}');

    expect(value).toEqual({ login: 'o"hara', fields: { a: [1, { b: null }], c: '{"x":1,"x":2}' } });
  });

  it('takes an empty body for none', () => {
    expect(parseJsonBody('')).toBeUndefined();
  });

  it('lets the same key be in several objects', () => {
    expect(parseJsonBody('[{"a":1},{"a":{"a":2}}]')).toEqual([{ a: 1 }, { a: { a: 2 } }]);
  });

  it.each(['{', '{"a":}', "{'a':1}", '{"a":1}x', '{"a', '{"\\u12', 'nul'])('refuses what is no JSON: %s', (text) => {
    expect(refusalOf(text).code).toBe('request.malformed');
  });

  it.each([
    ['{"login":"anna","login":"admin"}', 'login', 'duplicate-key'],
    ['{"login":"anna","log\\u0069n":"admin"}', 'login', 'duplicate-key'],
    ['{"fields":{"a":1,"b":[1,2],"a":2}}', 'a', 'duplicate-key'],
    ['{"__proto__":{"isAdmin":true}}', '__proto__', 'forbidden-key'],
    ['{"a":{"__pr\\u006fto__":1}}', '__proto__', 'forbidden-key'],
    ['{"constructor":{"prototype":{}}}', 'constructor', 'forbidden-key'],
  ])('refuses a key twice or of a prototype: %s', (text, path, code) => {
    const refusal = refusalOf(text);

    expect(refusal.code).toBe('validation.failed');
    expect(refusal.issues).toContainEqual({ path, code });
  });

  it('keeps the prototype of objects as it was', () => {
    refusalOf('{"__proto__":{"polluted":true}}');

    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('refuses a hundred thousand nested arrays before parsing them', () => {
    expect(refusalOf('['.repeat(100_000)).code).toBe('request.malformed');
  });

  /** Looked at again and again, the text below takes minutes; looked at once, a moment on any machine. */
  const hangMs = 10_000;

  it('looks at each character once, however the quotes stand', () => {
    const hostile = `["${'\\"'.repeat(120_000)}`;
    const start = performance.now();

    refusalOf(hostile);

    expect(performance.now() - start).toBeLessThan(hangMs);
  });
});
