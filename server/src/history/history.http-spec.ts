import { aCustomerUser } from '../../testing/customer-users.js';
import { describeOnEachEngine } from '../../testing/databases.js';
import { Program } from '../../testing/program.js';

describeOnEachEngine('the history, asked for', ({ open }) => {
  let test: Program;

  beforeAll(async () => {
    test = await Program.open((await open()).url);
    await test.send('POST', '/api/v1/customers', { body: { customerId: 'C1', name: 'The C1', fields: {} } });
  });
  afterAll(() => test.close());

  const read = (query: string) => test.send('GET', `/api/v1/history?${query}`, { permission: 'clientele.read' });

  it('shows how a customer user was made and changed, without any password', async () => {
    const created = await test.send('POST', '/api/v1/customer-users', {
      body: { ...aCustomerUser({ login: 'zoé' }), password: 'Geheim-und-lang-42' },
    });
    const changed = await test.send('PATCH', `/api/v1/customer-users/${encodeURIComponent('zoé')}`, {
      ifMatch: created.body.version,
      body: { fields: { UserFirstname: 'Zoë' } },
    });

    const { status, body, text } = await read(`kind=customer-user&key=${encodeURIComponent('ZOÉ')}`);

    expect([created.status, changed.status, status]).toEqual([201, 200, 200]);
    expect(body.items.map(({ action }: { action: string }) => action)).toEqual(['changed', 'created']);
    expect(body.items[0]).toMatchObject({
      actor: { kind: 'token', name: 'test clientele.write' },
      changes: [{ variable: 'UserFirstname', from: 'Anna', to: 'Zoë', secret: false }],
    });
    expect(body.items[1].changes).toContainEqual({ variable: 'UserPassword', from: null, to: null, secret: true });
    expect(text).not.toMatch(/Geheim-und-lang|\$2[aby]?\$|BCRYPT/);
  });

  it('pages by its cursor', async () => {
    const first = await read('kind=customer-user&key=zo%C3%A9&limit=1');
    const second = await read(`kind=customer-user&key=zo%C3%A9&limit=1&cursor=${first.body.nextCursor}`);

    expect([first.body.items[0].action, second.body.items[0].action]).toEqual(['changed', 'created']);
    expect(second.body.nextCursor).toBeNull();
  });

  it.each(['kind=customer-user', 'kind=job&key=a', 'kind=customer&key=', 'kind=customer&key=a&limit=201', 'kind=customer&key=a&limit=0'])(
    'refuses a question that is not whole: %s',
    async (query) => {
      expect(await read(query)).toMatchObject({ status: 422, body: { code: 'validation.failed' } });
    },
  );

  it('refuses a cursor that it did not give', async () => {
    expect(await read('kind=customer-user&key=zo%C3%A9&cursor=abc')).toMatchObject({
      status: 422,
      body: { issues: [{ path: 'cursor', code: 'cursor' }] },
    });
  });

  it('is not for strangers', async () => {
    const answer = await test.app.inject({ method: 'GET', url: '/api/v1/history?kind=customer&key=C1' });

    expect(answer.statusCode).toBe(401);
  });
});
