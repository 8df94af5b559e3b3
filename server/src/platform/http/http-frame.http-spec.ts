import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { startTestApp, type Ask, type TestApp } from '../../../testing/app.js';
import { linkIn } from '../../../testing/visitor.js';
import { AgentsService } from '../../host/embedded/index.js';
import { createLogger } from '../logging/index.js';
import type { Connection } from '../persistence/database.js';
import { MAIN_CONNECTION } from '../persistence/persistence.module.js';

/** A client as the build leaves it. */
function buildClient(): string {
  const folder = mkdtempSync(join(tmpdir(), 'clientele-client-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><meta property="csp-nonce" nonce="__CSP_NONCE__"><title>plugin</title>');
  writeFileSync(join(folder, 'embedded-host.html'), '<!doctype html><meta property="csp-nonce" nonce="__CSP_NONCE__"><title>host</title>');
  writeFileSync(join(folder, 'assets', 'plugin-C0ffee.js'), `export const text = '${'x'.repeat(4000)}';`);
  return folder;
}

function aLog() {
  const lines: string[] = [];
  const destination = new Writable({ write: (chunk, _encoding, done) => (lines.push(String(chunk)), done()) });
  return { lines, logger: createLogger('info', destination) };
}

describe('the HTTP frame', () => {
  const { lines, logger } = aLog();
  const clientDirectory = buildClient();
  let test: TestApp;
  let write: Ask;
  beforeAll(async () => {
    test = await startTestApp({ clientDirectory, logger });
    write = await test.as(['clientele.write']);
  });
  afterAll(async () => {
    await test.close();
    rmSync(clientDirectory, { recursive: true });
  });

  const post = (body: string | object, headers: Record<string, string> = {}) =>
    write({ method: 'POST', url: '/api/v1/customers', body, headers });
  const codeOf = async (answer: ReturnType<Ask>) => {
    const { status, body } = await answer;
    return `${status} ${body.code}`;
  };

  describe('answers with a problem', () => {
    it('what does not exist', async () => {
      const answer = await test.ask('/api/v1/nothing-here');

      expect(answer.status).toBe(404);
      expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
      expect(answer.body).toEqual({
        type: 'urn:clientele:problem:not-found',
        title: 'There is no such thing here',
        status: 404,
        code: 'not-found',
        issues: [],
        correlationId: answer.headers['x-correlation-id'],
      });
    });

    it('a method that an address does not offer, and names those it does', async () => {
      const answer = await write({ method: 'DELETE', url: '/api/v1/customer-users/anna' });

      expect(answer.status).toBe(405);
      expect(answer.body.code).toBe('method.not-allowed');
      expect(answer.headers['allow']).toBe('GET, HEAD, PATCH');
    });

    it.each(['{', '{"customerId":', 'not json', '{"a":1}}', '\u0000'])('a body that is no JSON: %j', async (body) => {
      expect(await codeOf(post(body))).toBe('400 request.malformed');
    });

    it('a body of another kind', async () => {
      expect(await codeOf(post('<customer/>', { 'content-type': 'application/xml' }))).toBe('400 request.malformed');
    });

    it('a packed body, whatever is in it', async () => {
      expect(await codeOf(post('{}', { 'content-encoding': 'gzip' }))).toMatch(/^4\d\d /);
    });

    it('a body of 10 MB, before reading it', async () => {
      expect(await codeOf(post(`{"name":"${'x'.repeat(10_000_000)}"}`))).toBe('413 request.too-large');
    });

    it('a hundred thousand nested arrays', async () => {
      expect(await codeOf(post('['.repeat(100_000)))).toBe('400 request.malformed');
    });

    it.each([
      ['{"customerId":"a","customerId":"b","name":"x"}', 'customerId', 'duplicate-key'],
      ['{"customerId":"a","name":"x","__proto__":{"admin":true}}', '__proto__', 'forbidden-key'],
      ['{"customerId":"a","name":"x","fields":{"constructor":"x"}}', 'constructor', 'forbidden-key'],
    ])('two readings of one body: %s', async (body, path, code) => {
      const answer = await post(body);

      expect(answer.status).toBe(422);
      expect(answer.body).toMatchObject({ code: 'validation.failed', issues: [{ path, code }] });
      expect(Reflect.get({}, 'admin')).toBeUndefined();
    });

    it('fields that nobody may set', async () => {
      const answer = await post({ customerId: 'a', name: 'x', id: 1, backend: 'x', valid: 1 });

      expect(answer.body.issues).toEqual([
        { path: 'id', code: 'unknown-field' },
        { path: 'backend', code: 'unknown-field' },
        { path: 'valid', code: 'unknown-field' },
      ]);
    });

    it.each(['0', '-1', '1000000000', 'NaN', '1.5', '', '5;DROP TABLE users'])('%j as the size of a page', async (limit) => {
      const answer = await write({ url: '/api/v1/customers', query: { limit } });

      expect(answer.status).toBe(422);
      expect(answer.body.issues[0].path).toBe('limit');
    });

    it.each([
      ['forged', 'forged'],
      ['of nothing', 'e30'],
      ['too long', 'a'.repeat(4001)],
      ['with a zero byte', '%00'],
    ])('a page that was never offered: a cursor %s', async (_, cursor) => {
      const answer = await write({ url: '/api/v1/customers', query: { cursor } });

      expect(answer.status).toBe(422);
      expect(answer.body.issues[0].path).toBe('cursor');
    });

    it('a change without the version that the sender saw', async () => {
      const change = (headers: Record<string, string>) =>
        codeOf(write({ method: 'PATCH', url: '/api/v1/customers/nobody', body: {}, headers }));

      expect(await change({})).toBe('428 version.required');
      expect(await change({ 'if-match': '*' })).toBe('428 version.required');
      expect(await change({ 'if-match': 'W/"1"' })).toBe('428 version.required');
      expect(await change({ 'if-match': '"1"' })).toBe('404 not-found');
    });

    it.each([
      ['half a letter', '%E0%A4%A'],
      ['half an escape', '%'],
      ['two thousand letters', 'x'.repeat(2000)],
    ])('an address that cannot be read: %s', async (_, name) => {
      const url = `/api/v1/customers/${name}`;
      const answer = await write(url);

      expect(answer.status).toBe(400);
      expect(answer.headers['content-type']).toContain('application/problem+json');
      expect(answer.headers['x-frame-options']).toBe('DENY');
      expect(answer.headers['x-correlation-id']).toBe(answer.body.correlationId);
    });

    it('tells nothing of what is inside', async () => {
      const answers = await Promise.all([post('{'), write('/api/v1/nothing'), write('/api/v1/customers/%00'), test.ask('/api/v1/session')]);

      for (const { text } of answers) expect(text).not.toMatch(/stack|\bat \w+|node_modules|SELECT|\.ts\b|\.js\b/);
    });
  });

  describe('gives each request an id', () => {
    it('of its own, or the one it came with', async () => {
      const own = await test.ask('/health/live');
      const given = await test.ask({ url: '/health/live', headers: { 'x-correlation-id': 'import-42.row-7' } });

      expect(own.headers['x-correlation-id']).toMatch(/^[0-9a-f-]{36}$/);
      expect(given.headers['x-correlation-id']).toBe('import-42.row-7');
    });

    it('and one line in the log, with nothing secret or private in it', async () => {
      lines.length = 0;
      await write({
        method: 'GET',
        url: '/api/v1/customer-users/anna.secret-person?search=needle',
        headers: { 'x-correlation-id': 'log-line-0001', cookie: 'clientele_agent=cookie-secret' },
      });
      await write({ method: 'POST', url: '/api/v1/customer-users', body: { email: 'a@private.example', customerId: 'x', password: 'hunter22' } });

      const entries = lines.map((line): Record<string, unknown> => JSON.parse(line)).filter(({ msg }) => msg === 'request');
      expect(entries).toHaveLength(2);
      expect(entries[0]).toEqual({
        level: 'info', time: expect.any(String), correlationId: 'log-line-0001', method: 'GET', route: '/api/v1/customer-users/:login',
        status: 404, ms: expect.any(Number), actor: 'test clientele.write', msg: 'request',
      });
      expect(lines.join('')).not.toMatch(/secret-person|needle|cookie-secret|private\.example|hunter22|clt_/);
    });
  });

  describe('sends headers that keep a browser safe', () => {
    const always = {
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'permissions-policy': 'camera=(), microphone=(), geolocation=()',
      'cross-origin-opener-policy': 'same-origin-allow-popups',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    };

    it.each(['/health/live', '/api/v1/customers', '/api/v1/nothing', '/api/openapi.json'])('with %s', async (url) => {
      const { headers } = await test.ask(url);

      expect(headers).toMatchObject(always);
      expect(headers['content-security-policy']).toBe("default-src 'none'; frame-ancestors 'none'");
      expect(Object.keys(headers).filter((name) => /access-control|powered-by|^server$/.test(name))).toEqual([]);
    });

    it('and none for https where there is none', async () => {
      expect((await test.ask('/health/live')).headers['strict-transport-security']).toBeUndefined();
    });
  });

  describe('serves the pages', () => {
    const page = (url: string) => test.ask({ url, headers: { accept: 'text/html' } });

    it.each(['/', '/customer-users', '/customer-users/anna.smith', '/customers/a%2Fb?tab=history', '/first-run'])('of the plugin at %s', async (url) => {
      const answer = await page(url);

      expect(answer.status).toBe(200);
      expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(answer.text).toContain('<title>plugin</title>');
    });

    it.each(['/embedded-host', '/embedded-host/sign-in', '/embedded-host/agents'])('of the embedded host at %s', async (url) => {
      expect((await page(url)).text).toContain('<title>host</title>');
    });

    it('with a fresh nonce each time, the same in the page and in its policy', async () => {
      const [one, other] = [await page('/'), await page('/')];

      const nonce = /nonce="([\w+/=]{24})"/.exec(one.text)?.[1];
      expect(one.headers['content-security-policy']).toBe(
        `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none'; frame-ancestors 'none'`,
      );
      expect(other.text).not.toContain(nonce);
    });

    it('but none for programs', async () => {
      for (const url of ['/api/v1/nothing', '/api', '/embedded-host/api/nothing', '/assets/gone.js', '/health/nothing']) {
        expect((await page(url)).body?.code).toBe('not-found');
      }
      expect((await test.ask({ method: 'POST', url: '/customer-users' })).status).toBe(404);
      expect((await test.ask('/favicon.ico')).status).toBe(404);
    });

    it('and their assets, to be kept for a year', async () => {
      const answer = await test.ask('/assets/plugin-C0ffee.js');

      expect(answer.status).toBe(200);
      expect(answer.headers['content-type']).toContain('javascript');
      expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    });

    it.each(['/assets/../index.html', '/assets/%2e%2e/index.html', '/..%2f..%2fpackage.json', '/index.html'])('and nothing beside them: %s', async (url) => {
      const answer = await test.ask(url);

      expect(answer.text).not.toContain('__CSP_NONCE__');
      expect(answer.text).not.toContain('devDependencies');
    });
  });

  it('packs what is large for whoever can unpack it', async () => {
    const packed = async (encoding: string) => {
      const answer = await test.app.inject({ url: '/assets/plugin-C0ffee.js', headers: { 'accept-encoding': encoding } });
      return { encoding: answer.headers['content-encoding'], bytes: answer.rawPayload };
    };

    const brotli = await packed('gzip, br');
    const gzip = await packed('gzip');
    const plain = await packed('identity');

    expect(brotli.encoding).toBe('br');
    expect(brotliDecompressSync(brotli.bytes)).toEqual(plain.bytes);
    expect(gunzipSync(gzip.bytes)).toEqual(plain.bytes);
    expect(brotli.bytes.length).toBeLessThan(plain.bytes.length / 10);
  });

  it('measures itself, for programs that may read', async () => {
    await write('/api/v1/customers');

    const answer = await write('/metrics');

    expect(answer.headers['content-type']).toContain('text/plain');
    expect(answer.text).toContain('clientele_http_request_seconds_count{method="GET",route="/api/v1/customers",status="200"}');
    expect((await test.ask('/metrics')).status).toBe(401);
  });
});

describe('the HTTP frame under https', () => {
  it('tells browsers to stay there, and marks the cookie', async () => {
    const test = await startTestApp({ environment: { CLIENTELE_BASE_URL: 'https://clientele.example' } });

    const link = await test.app.get(AgentsService, { strict: false }).firstSignInLink('https://clientele.example');
    const { headers } = await test.ask({
      method: 'POST',
      url: '/embedded-host/api/sign-in-link',
      headers: { 'x-clientele-embedded-host': '1', origin: 'https://clientele.example' },
      body: { link: linkIn(link) },
    });
    await test.close();

    expect(headers['set-cookie']).toMatch(/; HttpOnly; SameSite=Strict; Secure$/);
    expect(headers['strict-transport-security']).toBe('max-age=31536000');
  });
});

describe('the HTTP frame without the embedded host', () => {
  it('has neither its pages nor its API, and opens no session for its agents', async () => {
    const clientDirectory = buildClient();
    const test = await startTestApp({ clientDirectory, environment: { CLIENTELE_EMBEDDED_HOST: 'off' } });

    const page = await test.ask({ url: '/embedded-host/sign-in', headers: { accept: 'text/html' } });
    const api = await test.ask('/embedded-host/api/me');
    await test.close();
    rmSync(clientDirectory, { recursive: true });

    expect(page.text).toContain('<title>plugin</title>');
    expect(api.status).toBe(404);
  });
});

describe('the HTTP frame without its database', () => {
  it('is alive and not ready', async () => {
    const test = await startTestApp();
    await test.app.get<Connection>(MAIN_CONNECTION, { strict: false }).close();

    const [live, ready] = [await test.ask('/health/live'), await test.ask('/health/ready')];
    await test.close();

    expect(live.status).toBe(200);
    expect(`${ready.status} ${ready.body.code}`).toBe('503 database.unavailable');
    expect(ready.headers['retry-after']).toBe('5');
  });
});
