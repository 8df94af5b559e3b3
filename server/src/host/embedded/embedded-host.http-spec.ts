import { startTestApp, type TestApp } from '../../../testing/app.js';
import { firstAdmin, linkIn, Visitor } from '../../../testing/visitor.js';
import type { Connection } from '../../platform/persistence/database.js';
import { MAIN_CONNECTION } from '../../platform/persistence/persistence.module.js';
import { AgentsService } from './agents.service.js';

const password = 'a long password';

describe('the embedded host', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  beforeEach(async () => {
    for (const table of ['clientele_agent', 'clientele_agent_session', 'clientele_sign_in_link']) {
      await connection().execute(`DELETE FROM ${table}`);
    }
  });
  afterAll(() => test.close());

  const connection = () => test.app.get<Connection>(MAIN_CONNECTION, { strict: false });

  const firstLink = () => test.app.get(AgentsService, { strict: false }).firstSignInLink('http://localhost:8080');

  describe('lets the first administrator in', () => {
    it('by a link that works once', async () => {
      const link = linkIn(await firstLink());
      const [first, second] = [new Visitor(test), new Visitor(test)];

      const come = await first.post('sign-in-link', { link });
      const again = await second.post('sign-in-link', { link });

      expect(come.status).toBe(200);
      expect(come.body).toEqual({ login: 'admin', name: 'Administrator', permissions: ['clientele.admin'], passwordNeeded: true });
      expect(again.status).toBe(401);
      expect(again.body.code).toBe('sign-in.refused');
      expect(second.cookie).toBeNull();
    });

    it('with a cookie for its own API alone, out of reach of scripts and other sites', async () => {
      const answer = await new Visitor(test).post('sign-in-link', { link: linkIn(await firstLink()) });

      expect(answer.headers['set-cookie']).toMatch(
        /^clientele_agent=[\w-]{43}; Path=\/embedded-host\/api; Max-Age=43200; HttpOnly; SameSite=Strict$/,
      );
    });

    it('and makes no more links of itself once there is a password', async () => {
      await firstAdmin(test, password);

      expect(await firstLink()).toBeNull();
    });

    it('not by a link that is too old', async () => {
      const link = linkIn(await firstLink());
      await connection().execute("UPDATE clientele_sign_in_link SET expires_at = created_at - INTERVAL '1 second'");

      const answer = await new Visitor(test).post('sign-in-link', { link });

      expect(answer.status).toBe(401);
    });

    it('and keeps neither the link nor the cookie as they are', async () => {
      const link = linkIn(await firstLink());
      const links = await connection().query('SELECT * FROM clientele_sign_in_link');
      const visitor = new Visitor(test);
      await visitor.post('sign-in-link', { link });
      const sessions = await connection().query('SELECT * FROM clientele_agent_session');

      expect(JSON.stringify(links)).not.toContain(link);
      expect(JSON.stringify(sessions)).not.toContain(visitor.cookie?.split('=')[1]);
      expect([links.length, sessions.length]).toEqual([1, 1]);
    });
  });

  describe('lets agents sign in', () => {
    it('with login, in any case, and password', async () => {
      await firstAdmin(test, password);
      const visitor = new Visitor(test);

      const answer = await visitor.post('sign-in', { login: ' ADMIN', password });

      expect(answer.body).toMatchObject({ login: 'admin', passwordNeeded: false });
      expect((await visitor.get('me')).status).toBe(200);
    });

    it('and tells nobody whether the login or the password was wrong', async () => {
      await firstAdmin(test, password);
      const visitor = new Visitor(test);

      const wrongPassword = await visitor.post('sign-in', { login: 'admin', password: 'not this one' });
      const wrongLogin = await visitor.post('sign-in', { login: 'nobody', password });

      const told = ({ status, body: { correlationId: _, ...body } }: typeof wrongLogin) => ({ status, body });
      expect(told(wrongPassword)).toEqual(told(wrongLogin));
      expect(wrongLogin.status).toBe(401);
      expect(wrongLogin.body.code).toBe('sign-in.refused');
    });

    it('until one account was tried too often, from wherever', async () => {
      await firstAdmin(test, password);
      const attempt = (index: number) => new Visitor(test).post('sign-in', { login: 'stranger', password: `guess ${index}` });

      const answers = await Promise.all(Array.from({ length: 11 }, (_, index) => attempt(index)));

      expect(answers.map(({ status }) => status).sort()).toEqual([...Array<number>(10).fill(401), 429]);
      const refused = answers.find(({ status }) => status === 429);
      expect(refused?.body.code).toBe('limit.exceeded');
      expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(50);
      expect((await new Visitor(test).post('sign-in', { login: 'admin', password })).status).toBe(200);
    });

    it('until one address tried too many accounts', async () => {
      const visitor = new Visitor(test, '10.9.9.9');
      const answers = [];
      for (let index = 0; index < 11; index++) answers.push(await visitor.post('sign-in-link', { link: `${index}`.padEnd(30, 'x') }));

      expect(answers.map(({ status }) => status)).toEqual([...Array<number>(10).fill(401), 429]);
      expect((await new Visitor(test, '10.9.9.8').post('sign-in-link', { link: 'x'.repeat(30) })).status).toBe(401);
    });

    it('for twelve hours from their latest visit', async () => {
      const admin = await firstAdmin(test);
      await connection().execute("UPDATE clientele_agent_session SET expires_at = expires_at - INTERVAL '11 hours'");

      const visit = await admin.get('me');
      const [session] = await connection().query<{ expires_at: Date }>('SELECT expires_at FROM clientele_agent_session');
      const soonAgain = await admin.get('me');
      await connection().execute("UPDATE clientele_agent_session SET expires_at = expires_at - INTERVAL '12 hours'");
      const late = await admin.get('me');

      expect(visit.headers['set-cookie']).toMatch(/^clientele_agent=[\w-]{43}; .*Max-Age=43200/);
      expect((session?.expires_at.getTime() ?? 0) - Date.now()).toBeGreaterThan(11.9 * 3_600_000);
      expect(soonAgain.headers['set-cookie']).toBeUndefined();
      expect(late.status).toBe(401);
    });

    it('until they sign out', async () => {
      const admin = await firstAdmin(test);
      const cookie = admin.cookie;

      const out = await admin.post('sign-out');

      expect(out.status).toBe(204);
      expect(out.headers['set-cookie']).toMatch(/^clientele_agent=; Path=\/embedded-host\/api; Max-Age=0/);
      admin.cookie = cookie;
      expect((await admin.get('me')).status).toBe(401);
    });

    it('and with them go the pages of the plugin that are open elsewhere', async () => {
      const admin = await firstAdmin(test);
      const { body } = await admin.post('launch');
      const opened = await test.ask({ method: 'POST', url: '/api/v1/session/exchange', body: { token: body.launchToken } });
      const headers = { authorization: `Bearer ${opened.body.accessToken}` };
      expect((await test.ask({ url: '/api/v1/session', headers })).status).toBe(200);

      await admin.post('sign-out');

      expect((await test.ask({ url: '/api/v1/session', headers })).status).toBe(401);
    });
  });

  describe('changes a password', () => {
    it('of ten characters at least', async () => {
      const admin = await firstAdmin(test);

      const answer = await admin.post('password', { password: 'too short' });

      expect(answer.status).toBe(422);
      expect(answer.body.issues).toEqual([{ path: 'password', code: 'too-short', params: { min: 10 } }]);
    });

    it('and ends every other sign-in and link of the agent', async () => {
      const admin = await firstAdmin(test, password);
      const elsewhere = new Visitor(test);
      await elsewhere.post('sign-in', { login: 'admin', password });
      const link = linkIn(await test.app.get(AgentsService, { strict: false }).signInLink('admin', ''));

      await admin.post('password', { password: 'another long one' });

      expect((await admin.get('me')).status).toBe(200);
      expect((await elsewhere.get('me')).status).toBe(401);
      expect((await new Visitor(test).post('sign-in-link', { link })).status).toBe(401);
      expect((await new Visitor(test).post('sign-in', { login: 'admin', password: 'another long one' })).status).toBe(200);
    });
  });

  describe('takes changes from its own pages only', () => {
    const refused = async (headers: Record<string, string>, body: object | string = {}) => {
      const answer = await test.ask({
        method: 'POST',
        url: '/embedded-host/api/sign-in',
        headers: { 'x-clientele-embedded-host': '1', origin: 'http://localhost:8080', ...headers },
        body,
      });
      return `${answer.status} ${answer.body.code}`;
    };
    const attempt = { login: 'nobody', password: 'x' };

    it('by origin, header and kind of content', async () => {
      expect(await refused({ origin: 'https://evil.example' }, attempt)).toBe('403 origin.refused');
      expect(await refused({ origin: 'null' }, attempt)).toBe('403 origin.refused');
      expect(await refused({ 'x-clientele-embedded-host': '' }, attempt)).toBe('403 origin.refused');
      expect(await refused({}, attempt)).toBe('401 sign-in.refused');
    });

    it('without an origin only when the browser says that the page is ours', async () => {
      const ask = (headers: Record<string, string>) =>
        test.ask({ method: 'POST', url: '/embedded-host/api/sign-in', headers: { 'x-clientele-embedded-host': '1', ...headers }, body: attempt });

      expect((await ask({})).status).toBe(403);
      expect((await ask({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
      expect((await ask({ 'sec-fetch-site': 'same-site' })).status).toBe(403);
      expect((await ask({ 'sec-fetch-site': 'same-origin' })).status).toBe(401);
    });

    it('and reads no form', async () => {
      expect(await refused({ 'content-type': 'application/x-www-form-urlencoded' }, 'login=a&password=b')).toBe('400 request.malformed');
      expect(await refused({ 'content-type': 'text/plain' }, '{"login":"a","password":"b"}')).toBe('400 request.malformed');
    });

    it('with the cookie of an agent as well', async () => {
      const admin = await firstAdmin(test);

      const answer = await test.ask({
        method: 'POST',
        url: '/embedded-host/api/launch',
        headers: { cookie: admin.cookie ?? '', origin: 'https://evil.example', 'x-clientele-embedded-host': '1' },
      });

      expect(answer.status).toBe(403);
      expect(answer.body.code).toBe('origin.refused');
    });
  });

  describe('has agents', () => {
    const anna = { login: 'Anna', name: 'Anna Groß', permissions: ['clientele.write'] };

    it('made by administrators, who hand over the link', async () => {
      const admin = await firstAdmin(test);

      const made = await admin.post('agents', anna);
      const visitor = new Visitor(test);
      const come = await visitor.post('sign-in-link', { link: linkIn(made.body.signInLink) });

      expect(made.status).toBe(201);
      expect(made.body.signInLink).toMatch(/^http:\/\/localhost:8080\/embedded-host\/sign-in#link=/);
      expect(made.body.agent).toEqual({ ...anna, active: true, hasPassword: false });
      expect(come.body).toMatchObject({ name: 'Anna Groß', passwordNeeded: true });
      expect((await visitor.get('agents')).status).toBe(403);
      expect((await visitor.post('agents', { ...anna, login: 'bob' })).body.code).toBe('permission.missing');
      expect((await visitor.post('example-data')).status).toBe(403);
    });

    it('each login once, in any case', async () => {
      const admin = await firstAdmin(test);
      await admin.post('agents', anna);

      const again = await admin.post('agents', { ...anna, login: 'ANNA' });

      expect(again.status).toBe(409);
      expect(again.body).toMatchObject({ code: 'login.taken', issues: [{ path: 'login', code: 'taken' }] });
    });

    it.each([
      [{ login: 'a/b' }, 'login'],
      [{ login: ' ' }, 'login'],
      [{ login: 'anna\u0000' }, 'login'],
      [{ name: 'Anna\u0000' }, 'name'],
      [{ name: 'Anna\nadmin' }, 'name'],
      [{ permissions: ['root'] }, 'permissions.0'],
    ])('never %j', async (fault, path) => {
      const admin = await firstAdmin(test);

      const answer = await admin.post('agents', { ...anna, ...fault });

      expect(answer.status).toBe(422);
      expect(answer.body.issues[0].path).toBe(path);
    });

    it('each permission once', async () => {
      const admin = await firstAdmin(test);
      await admin.post('agents', { ...anna, permissions: Array<string>(50).fill('clientele.write') });

      expect((await admin.get('agents')).body.items[1].permissions).toEqual(['clientele.write']);
    });

    it('who are out at once when they are switched off', async () => {
      const admin = await firstAdmin(test);
      const made = await admin.post('agents', anna);
      const visitor = new Visitor(test);
      await visitor.post('sign-in-link', { link: linkIn(made.body.signInLink) });

      const changed = await admin.patch('agents/anna', { active: false });

      expect(changed.body).toMatchObject({ login: 'Anna', active: false });
      expect((await visitor.get('me')).status).toBe(401);
    });

    it('and always an administrator among them', async () => {
      const admin = await firstAdmin(test);

      const off = await admin.patch('agents/admin', { active: false });
      const demoted = await admin.patch('agents/admin', { permissions: ['clientele.write'] });
      const renamed = await admin.patch('agents/admin', { name: 'Root' });

      expect(off.status).toBe(422);
      expect(off.body.issues).toEqual([{ path: 'active', code: 'agent.last-admin' }]);
      expect(demoted.body.issues).toEqual([{ path: 'permissions', code: 'agent.last-admin' }]);
      expect(renamed.body.name).toBe('Root');
    });

    it('even when the last two are switched off at once', async () => {
      const admin = await firstAdmin(test);
      await admin.post('agents', { ...anna, permissions: ['clientele.admin'] });

      const agents = test.app.get(AgentsService, { strict: false });

      const outcomes = await Promise.allSettled(['admin', 'anna'].map((login) => agents.change(login, { active: false })));

      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect((await agents.list()).filter(({ active }) => active)).toHaveLength(1);
    });

    it('who write under a user of the helpdesk', async () => {
      await firstAdmin(test);

      const users = await connection().query("SELECT login, pw, valid_id FROM users WHERE login = 'admin'");

      expect(users).toEqual([{ login: 'admin', pw: '!', valid_id: 1 }]);
    });
  });

  describe('on its first run', () => {
    it('offers example data, loads it once, with a history for each', async () => {
      const admin = await firstAdmin(test);

      const before = await admin.get('first-run');
      const loaded = await admin.post('example-data');
      const after = await admin.get('first-run');
      const again = await admin.post('example-data');

      expect(before.body).toEqual({ customers: false, customerUsers: false, exampleDataOffered: true });
      expect(loaded.status).toBe(201);
      expect(loaded.body).toEqual({ customers: 20, customerUsers: 500 });
      expect(after.body).toEqual({ customers: true, customerUsers: true, exampleDataOffered: false });
      expect(again.status).toBe(409);
      const [audit] = await connection().query<{ entries: number }>('SELECT COUNT(*) AS entries FROM clientele_audit');
      expect(Number(audit?.entries)).toBe(520);
      const [person] = await connection().query("SELECT first_name, last_name, email, customer_id FROM customer_user WHERE login = 'taro.sato'");
      expect(person).toEqual({ first_name: '太郎', last_name: '佐藤', email: 'taro.sato@sakura.example', customer_id: 'sakura' });
    });
  });
});
