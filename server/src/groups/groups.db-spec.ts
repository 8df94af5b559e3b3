import { describeOnEachEngine, type TestDatabase } from '../../testing/databases.js';
import { Program } from '../../testing/program.js';

const admin = 'clientele.admin';

describeOnEachEngine('groups', ({ engine, open }) => {
  let database: TestDatabase;
  let program: Program;

  beforeAll(async () => {
    database = await open();
    program = await Program.open(database.url);
  });
  afterAll(() => program.close());

  const names = async (query: string): Promise<string[]> => {
    const { body } = await program.send('GET', `/api/v1/groups?${query}`, { permission: 'clientele.read' });
    return body.items.map(({ name }: { name: string }) => name);
  };
  const create = (name: string, more: object = {}) => program.send('POST', '/api/v1/groups', { permission: admin, body: { name, ...more } });

  it('are those that every helpdesk begins with, and which of them everybody has', async () => {
    const { status, body } = await program.send('GET', '/api/v1/groups');

    expect(status).toBe(200);
    expect(body).toMatchObject({ nextCursor: null, count: { value: 3, capped: false }, isWritable: true });
    expect(body.items.map(({ name, always }: { name: string; always: string }) => [name, always])).toEqual([['admin', null], ['stats', null], ['users', 'everybody']]);
  });

  it('are created, renamed and made invalid, with a history', async () => {
    const created = await create('  Support EU ', { comment: 'first level' });
    const { groupId, version } = created.body;
    const changed = await program.send('PATCH', `/api/v1/groups/${groupId}`, { permission: admin, ifMatch: version, body: { name: 'support eu', validity: 'invalid' } });
    const history = await program.send('GET', `/api/v1/history?kind=group&key=${groupId}`);

    expect([created.status, changed.status]).toEqual([201, 200]);
    expect(created.body).toMatchObject({ name: 'Support EU', comment: 'first level', validity: 'valid', always: null });
    expect(changed.body).toMatchObject({ groupId, name: 'support eu', comment: 'first level', validity: 'invalid' });
    expect(changed.body.version).not.toBe(version);
    expect((await program.send('GET', `/api/v1/groups/${groupId}`)).body).toEqual(changed.body);
    expect(history.body.items.map(({ action, changes }: { action: string; changes: unknown }) => [action, changes])).toEqual([
      ['changed', [{ variable: 'name', from: 'Support EU', to: 'support eu', secret: false }, { variable: 'validity', from: 'valid', to: 'invalid', secret: false }]],
      ['created', expect.arrayContaining([{ variable: 'name', from: null, to: 'Support EU', secret: false }])],
    ]);
    expect(await names('validity=invalid')).toEqual(['support eu']);
  });

  it('have names that are taken in any case', async () => {
    const taken = await create('STATS');
    const { body } = await create('Zweite');
    const renamed = await program.send('PATCH', `/api/v1/groups/${body.groupId}`, { permission: admin, ifMatch: body.version, body: { name: 'Users' } });

    for (const answer of [taken, renamed]) {
      expect(answer).toMatchObject({ status: 409, body: { code: 'group.name-taken', issues: [{ path: 'name', code: 'taken' }] } });
    }
    expect((await program.send('GET', `/api/v1/groups/${body.groupId}`)).body).toEqual(body);
  });

  it('are made once when two people make them at once', async () => {
    const answers = await Promise.all([create('Twin'), create('twin'), create('TWIN')]);

    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  it('are refused with the place where something is wrong', async () => {
    const tooLong = await create('x'.repeat(201), { comment: 'y'.repeat(251) });
    const wrong = await Promise.all([create(''), create('  '), create('line\nbreak'), create('in\u200bvisible'), create('ok', { extra: 1 })]);

    expect(tooLong.body.issues).toEqual([
      { path: 'name', code: 'too-long', params: { max: 200 } }, { path: 'comment', code: 'too-long', params: { max: 250 } },
    ]);
    expect(wrong.map(({ status, body }) => [status, body.issues[0].code])).toEqual([
      [422, 'required'], [422, 'required'], [422, 'characters'], [422, 'characters'], [422, 'unknown-field'],
    ]);
  });

  it('are not changed by whoever saw an older state, who is told the newer one', async () => {
    const { body: first } = await create('Stale');
    const second = await program.send('PATCH', `/api/v1/groups/${first.groupId}`, { permission: admin, ifMatch: first.version, body: { comment: 'new' } });
    const late = await program.send('PATCH', `/api/v1/groups/${first.groupId}`, { permission: admin, ifMatch: first.version, body: { comment: 'late' } });
    const without = await program.send('PATCH', `/api/v1/groups/${first.groupId}`, { permission: admin, body: { comment: 'late' } });

    expect(late).toMatchObject({ status: 412, body: { code: 'version.stale', current: second.body } });
    expect(without.status).toBe(428);
  });

  it('are searched by a part of the name, in any case, where % and _ are plain characters', async () => {
    for (const name of ['100% Ärger', 'under_score', 'underXscore', 'back\\slash', 'ex!clam']) await create(name);

    expect(await names('search=UNDER_')).toEqual(['under_score']);
    expect(await names('search=100%25')).toEqual(['100% Ärger']);
    expect(await names(`search=${encodeURIComponent(engine === 'mariadb' ? 'ÄRG' : 'ärg')}`)).toEqual(['100% Ärger']);
    expect(await names(`search=${encodeURIComponent('k\\s')}`)).toEqual(['back\\slash']);
    expect(await names('search=X!C')).toEqual(['ex!clam']);
    expect(await names(`search=${encodeURIComponent("' OR 1=1 --")}`)).toEqual([]);
  });

  it('come in pages that neither repeat nor skip one, and only by their own cursor', async () => {
    const all = await names('validity=all&limit=1000');
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body } = await program.send('GET', `/api/v1/groups?validity=all&limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`);
      seen.push(...body.items.map(({ name }: { name: string }) => name));
      cursor = body.nextCursor;
    }
    const { body } = await program.send('GET', '/api/v1/groups?validity=all&limit=3');
    const foreign = await program.send('GET', `/api/v1/groups?validity=valid&limit=3&cursor=${body.nextCursor}`);

    expect(seen).toEqual(all);
    expect(new Set(seen).size).toBe(seen.length);
    expect(foreign).toMatchObject({ status: 422, body: { issues: [{ path: 'cursor', code: 'cursor' }] } });
  });

  it('are not found by numbers that none has', async () => {
    for (const groupId of ['0', '99999', '2147483648', '1e3', 'x', '-1']) {
      expect((await program.send('GET', `/api/v1/groups/${groupId}`)).status).toBe(404);
    }
  });
});
