import { SignJWT } from 'jose';
import type { Permission } from '../../../contract/session.js';
import { askerOf, startTestApp, type Answer, type TestApp } from '../../../testing/app.js';
import { firstAdmin, linkIn, Visitor } from '../../../testing/visitor.js';
import type { Connection } from '../persistence/database.js';
import { MAIN_CONNECTION } from '../persistence/persistence.module.js';
import { ApiTokensService, derivedKey } from './index.js';

const secret = 'a secret for tests, 32 characters';
const key = derivedKey(secret, 'clientele/sso/v1');
const audience = 'http://localhost:8080';

describe('sessions', () => {
  let test: TestApp;
  let admin: Visitor;
  let adminId: string;
  beforeAll(async () => {
    test = await startTestApp({ environment: { CLIENTELE_SECRET_KEY: secret } });
    admin = await firstAdmin(test);
    const [row] = await connection().query<{ id: string }>('SELECT id FROM clientele_agent LIMIT 1');
    adminId = String(row?.id);
  });
  afterAll(() => test.close());

  const connection = () => test.app.get<Connection>(MAIN_CONNECTION, { strict: false });
  let callers = 0;
  /** Each from an address of its own: the limit has a test of its own. */
  const exchange = (token: string, remoteAddress = `10.1.${callers >> 8}.${callers++ & 255}`): Promise<Answer> =>
    test.ask({ method: 'POST', url: '/api/v1/session/exchange', body: { token }, remoteAddress });
  const launch = async (visitor = admin): Promise<string> => (await visitor.post('launch')).body.launchToken;
  const open = async (visitor = admin) => {
    const answer = await exchange(await launch(visitor));
    return askerOf(test.app, { authorization: `Bearer ${answer.body.accessToken}` });
  };
  const newAgent = async (login: string, permissions: Permission[]) => {
    const made = await admin.post('agents', { login, name: login, permissions });
    const visitor = new Visitor(test);
    await visitor.post('sign-in-link', { link: linkIn(made.body.signInLink) });
    return visitor;
  };

  it('are opened by a launch token of the embedded host', async () => {
    const answer = await exchange(await launch());

    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      accessToken: expect.stringMatching(/^[\w-]{43}$/),
      expiresIn: 900,
      actor: { kind: 'agent', login: 'admin', name: 'Administrator' },
      permissions: ['clientele.admin'],
      display: { locale: null, timeZone: null, skin: null },
      host: { type: 'embedded' },
    });
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('say whose they are', async () => {
    const ask = await open();

    const answer = await ask('/api/v1/session');

    expect(answer.body).toMatchObject({ actor: { kind: 'agent', login: 'admin' }, permissions: ['clientele.admin'] });
  });

  it('are kept by the hash of their token only', async () => {
    const { accessToken } = (await exchange(await launch())).body;

    const rows = await connection().query('SELECT * FROM clientele_session');

    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(accessToken);
  });

  it('end when they are ended', async () => {
    const ask = await open();

    const ended = await ask({ method: 'POST', url: '/api/v1/session/end' });

    expect(ended.status).toBe(204);
    expect((await ask('/api/v1/session')).status).toBe(401);
  });

  it('end after 15 minutes, however much they are used', async () => {
    const { accessToken } = (await exchange(await launch())).body;
    const [row] = await connection().query<{ seconds: number }>(
      'SELECT EXTRACT(EPOCH FROM MAX(expires_at) - MAX(created_at)) AS seconds FROM clientele_session',
    );
    await connection().execute("UPDATE clientele_session SET expires_at = created_at - INTERVAL '1 second'");

    const answer = await test.ask({ url: '/api/v1/session', headers: { authorization: `Bearer ${accessToken}` } });

    expect(Number(row?.seconds)).toBe(900);
    expect(answer.status).toBe(401);
    expect(answer.body.code).toBe('session.expired');
    expect(answer.headers['www-authenticate']).toBe('Bearer');
  });

  it('follow the permissions of their agent at once', async () => {
    const visitor = await newAgent('reader', ['clientele.read']);
    const ask = await open(visitor);
    await admin.patch('agents/reader', { permissions: ['clientele.write'] });

    expect((await ask('/api/v1/session')).body.permissions).toEqual(['clientele.write']);

    await admin.patch('agents/reader', { permissions: [] });

    expect((await ask('/api/v1/session')).body.code).toBe('permission.missing');
    expect((await exchange(await launch(visitor))).body.code).toBe('permission.missing');
  });

  it('are over at once when their agent is switched off', async () => {
    const visitor = await newAgent('leaver', ['clientele.read']);
    const ask = await open(visitor);
    await admin.patch('agents/leaver', { active: false });

    expect((await ask('/api/v1/session')).body.code).toBe('session.expired');
  });

  it.each([
    ['nothing', ''],
    ['a password', 'Basic YWRtaW46YWRtaW4='],
    ['no token', 'Bearer'],
    ['two tokens', 'Bearer x y'],
    ['a very long token', `Bearer ${'x'.repeat(600)}`],
    ['SQL', "Bearer ' OR 1=1 --"],
  ])(
    'are not opened by %s in the header',
    async (_, authorization) => {
      const answer = await test.ask({ url: '/api/v1/session', headers: { authorization } });

      expect(answer.status).toBe(401);
    },
  );

  it('are not found in an address', async () => {
    const { accessToken } = (await exchange(await launch())).body;

    expect((await test.ask(`/api/v1/session?access_token=${accessToken}`)).status).toBe(401);
  });

  describe('by a launch token', () => {
    interface Change {
      readonly claims?: Record<string, unknown>;
      readonly header?: Record<string, unknown>;
      readonly key?: Uint8Array;
      /** Seconds by which the clock of the host goes wrong. */
      readonly skew?: number;
      readonly lifetime?: number;
    }
    const mint = ({ claims = {}, header = {}, key: signingKey = key, skew = 0, lifetime = 60 }: Change) => {
      const issuedAt = Math.floor(Date.now() / 1000) + skew;
      return new SignJWT({
        iss: 'urn:clientele:host:embedded', aud: audience, sub: `agent:${adminId}`, login: 'admin', name: 'Admin', perm: ['clientele.admin'],
        origin: audience, jti: `jti-${Math.random()}-${Math.random()}`.slice(0, 40), iat: issuedAt, nbf: issuedAt - 5, exp: issuedAt + lifetime, ...claims,
      })
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: 'embedded:1', ...header })
        .sign(signingKey);
    };
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

    it.each<[string, Change]>([
      ['as the host makes it', {}],
      ['of a clock 25 s behind', { skew: -85 }],
      ['of a clock 25 s ahead', { skew: 25 }],
    ])('%s: opened', async (_, change) => {
      expect((await exchange(await mint(change))).status).toBe(200);
    });

    it.each<[string, Change]>([
      ['expired 35 s ago', { skew: -95 }],
      ['of a clock ten minutes behind', { skew: -600 }],
      ['of a clock 90 s ahead', { skew: 90 }],
      ['living too long', { lifetime: 121 }],
      ['for another audience', { claims: { aud: 'https://other.example' } }],
      ['for a longer audience', { claims: { aud: `${audience}/` } }],
      ['of another issuer', { claims: { iss: 'urn:clientele:host:other' } }],
      ['for a strange origin', { claims: { origin: 'https://evil.example' } }],
      ['of an unknown installation', { header: { kid: 'inst_unknown:1' } }],
      ['without a key id', { header: { kid: undefined } }],
      ['signed with another key', { key: derivedKey('another secret of 32 characters!', 'clientele/sso/v1') }],
      ['signed with the key for hooks', { key: derivedKey(secret, 'clientele/hook/v1') }],
      ['signed with another algorithm', { header: { alg: 'HS512' } }],
      ['without an id', { claims: { jti: undefined } }],
      ['without a subject', { claims: { sub: undefined } }],
      ['without an end', { claims: { exp: undefined } }],
      ['of an agent who is not there', { claims: { sub: 'agent:nobody' } }],
      ['with a permission that does not exist', { claims: { perm: ['root'] } }],
    ])('%s: session.expired', async (_, change) => {
      const answer = await exchange(await mint(change));

      expect(`${answer.status} ${answer.body.code}`).toBe('401 session.expired');
    });

    it.each<[string, (token: string) => string]>([
      ['without a signature (alg none)', (token) => `${part({ alg: 'none', typ: 'JWT', kid: 'embedded:1' })}.${token.split('.')[1]}.`],
      ['with alg none over a good signature', (token) => [part({ alg: 'none', kid: 'embedded:1' }), ...token.split('.').slice(1)].join('.')],
      ['with a swapped algorithm', (token) => [part({ alg: 'RS256', kid: 'embedded:1' }), ...token.split('.').slice(1)].join('.')],
      ['with changed claims', (token) => token.replace(/\.(.{10})/, (_, start: string) => `.${start.slice(0, 9)}${start.endsWith('A') ? 'B' : 'A'}`)],
      ['cut off', (token) => token.slice(0, -5)],
      ['of two parts', (token) => token.split('.').slice(0, 2).join('.')],
      ['of four parts', (token) => `${token}.x`],
      ['that is none', () => 'garbage'],
      ['of dots', () => '..'],
    ])('%s: session.expired', async (_, tamper) => {
      const answer = await exchange(tamper(await mint({})));

      expect(`${answer.status} ${answer.body.code}`).toBe('401 session.expired');
    });

    it('used before: session.replayed, of two at once too', async () => {
      const token = await mint({});

      const answers = await Promise.all([exchange(token), exchange(token), exchange(token)]);

      expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
      expect(answers.filter(({ status }) => status === 401).map(({ body }) => body.code)).toEqual(['session.replayed', 'session.replayed']);
    });

    it('larger than 4 KiB: refused before it is looked at', async () => {
      const answer = await exchange('x'.repeat(4097));

      expect(answer.status).toBe(422);
      expect(answer.body.issues).toEqual([{ path: 'token', code: 'too-long', params: { max: 4096 } }]);
    });

    it('refused at most thirty times a minute to one address, which keeps nobody else out', async () => {
      const answers = [];
      for (let index = 0; index < 31; index++) answers.push(await exchange('garbage', '10.200.0.1'));

      expect(answers.slice(0, 30).every(({ status }) => status === 401)).toBe(true);
      expect(answers[30]?.status).toBe(429);
      expect(answers[30]?.headers['retry-after']).toMatch(/^\d+$/);
      expect((await exchange(await mint({}), '10.200.0.1')).status).toBe(200);
    });
  });

  describe('of programs', () => {
    const tokens = () => test.app.get(ApiTokensService, { strict: false });
    const askWith = (token: string) => test.ask({ url: '/api/v1/session', headers: { authorization: `Bearer ${token}` } });

    it('are opened by an API token', async () => {
      const { token } = await tokens().create({ name: 'import', permissions: ['clientele.write'], expiresAt: null });

      const answer = await askWith(token);

      expect(token).toMatch(/^clt_[\w-]{43}$/);
      expect(answer.body).toMatchObject({ actor: { kind: 'token', login: 'import', name: 'import' }, permissions: ['clientele.write'] });
    });

    it('keep the hash of the token only, and when it was used', async () => {
      const { token } = await tokens().create({ name: 'watched', permissions: ['clientele.read'], expiresAt: null });
      await askWith(token);

      const rows = await connection().query<{ name: string; last_used_at: Date | null }>('SELECT * FROM clientele_api_token');

      expect(JSON.stringify(rows)).not.toContain(token.slice(4));
      expect(rows.find(({ name }) => name === 'watched')?.last_used_at).toBeInstanceOf(Date);
    });

    it('note their use once a minute', async () => {
      const { id, token } = await tokens().create({ name: 'busy', permissions: ['clientele.read'], expiresAt: null });
      const lastUse = async () => (await tokens().list()).find((listed) => listed.id === id)?.lastUsedAt;
      await askWith(token);
      const first = await lastUse();

      await askWith(token);

      expect(await lastUse()).toEqual(first);
    });

    it('are over when the token expires or is revoked', async () => {
      const expired = await tokens().create({ name: 'old', permissions: ['clientele.read'], expiresAt: new Date(Date.now() - 1000) });
      const revoked = await tokens().create({ name: 'gone', permissions: ['clientele.read'], expiresAt: null });
      await tokens().revoke('gone');

      expect((await askWith(expired.token)).body.code).toBe('session.expired');
      expect((await askWith(revoked.token)).body.code).toBe('session.expired');
      await expect(tokens().revoke('gone')).rejects.toMatchObject({ code: 'not-found' });
    });
  });
});
