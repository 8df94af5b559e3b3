import { askerOf, startTestApp } from '../../../testing/app.js';
import { engineNames } from '../../../testing/databases.js';
import { firstAdmin, linkIn, Visitor } from '../../../testing/visitor.js';

describe.each(engineNames)('the embedded host on %s', (engine) => {
  it('lets agents in, opens sessions for them and shuts them out again', async () => {
    const test = await startTestApp({ engine });
    const admin = await firstAdmin(test, 'a long password');
    const made = await admin.post('agents', { login: 'Zoe', name: 'Zoë 🌻', permissions: ['clientele.read'] });
    const zoe = new Visitor(test);

    const come = await zoe.post('sign-in-link', { link: linkIn(made.body.signInLink) });
    const { launchToken } = (await zoe.post('launch')).body;
    const exchange = () => test.ask({ method: 'POST', url: '/api/v1/session/exchange', body: { token: launchToken } });
    const opened = await exchange();
    const replayed = await exchange();
    const ask = askerOf(test.app, { authorization: `Bearer ${opened.body.accessToken}` });
    const during = await ask('/api/v1/session');
    await admin.patch('agents/ZOE', { active: false });
    const after = await ask('/api/v1/session');
    const taken = await admin.post('agents', { login: 'zoe', name: 'Other', permissions: [] });
    const wrong = await new Visitor(test).post('sign-in', { login: 'Admin', password: 'a wrong password' });
    const right = await new Visitor(test).post('sign-in', { login: 'Admin', password: 'a long password' });
    await test.close();

    expect(come.body).toMatchObject({ login: 'Zoe', name: 'Zoë 🌻', passwordNeeded: true });
    expect(opened.status).toBe(200);
    expect(replayed.body.code).toBe('session.replayed');
    expect(during.body).toMatchObject({ actor: { name: 'Zoë 🌻' }, permissions: ['clientele.read'] });
    expect(after.body.code).toBe('session.expired');
    expect(taken.body.code).toBe('login.taken');
    expect([wrong.status, right.status]).toEqual([401, 200]);
  });

  it('loads the example data', async () => {
    const test = await startTestApp({ engine });
    const admin = await firstAdmin(test);

    const loaded = await admin.post('example-data');
    const reader = await test.as(['clientele.read']);
    const found = await reader({ url: '/api/v1/customer-users', query: { search: '佐藤' } });
    const history = await reader({ url: '/api/v1/history', query: { kind: 'customer-user', key: 'taro.sato' } });
    await test.close();

    expect(loaded.body).toEqual({ customers: 20, customerUsers: 500 });
    expect(found.body.items.length).toBeGreaterThan(0);
    expect(history.body.items).toMatchObject([{ action: 'created', actor: { kind: 'agent', login: 'admin' } }]);
  });
});
