import { describeOnEachEngine, type TestDatabase } from '../../testing/databases.js';
import { Program } from '../../testing/program.js';

describeOnEachEngine('Customers', ({ open }) => {
  let database: TestDatabase;
  let test: Program;

  beforeAll(async () => {
    database = await open();
    test = await Program.open(database.url);
  });
  afterAll(() => test.close());

  const create = (customerId: string, others: object = {}) =>
    test.send('POST', '/api/v1/customers', { body: { customerId, name: `The ${customerId}`, ...others } });
  const read = (customerId: string) => test.send('GET', `/api/v1/customers/${encodeURIComponent(customerId)}`);
  const change = (customerId: string, ifMatch: string, body: object) =>
    test.send('PATCH', `/api/v1/customers/${encodeURIComponent(customerId)}`, { ifMatch, body });

  it('are made, found and changed', async () => {
    const created = await create('ACME', { name: 'Acme GmbH', fields: { CustomerCompanyCity: 'Bonn' } });
    const changed = await change('ACME', created.body.version, { validity: 'invalid', fields: { CustomerCompanyZIP: '0' } });

    expect(created).toMatchObject({ status: 201, body: { customerId: 'ACME', name: 'Acme GmbH', validity: 'valid', readOnly: false } });
    expect(changed).toMatchObject({
      status: 200,
      body: { validity: 'invalid', fields: { CustomerCompanyCity: 'Bonn', CustomerCompanyZIP: '0', CustomerCompanyStreet: '' } },
    });
    expect(changed.body.version).not.toBe(created.body.version);
    expect((await read('ACME')).body).toEqual({ ...changed.body, shadows: [] });
  });

  it('TK7: are found in any spelling of their ID', async () => {
    await create('Spelled');

    expect((await read('sPELLED')).body.customerId).toBe('Spelled');
  });

  it('cannot have an ID that is taken, in any spelling', async () => {
    await create('Taken');
    const answer = await create('tAKEN', { name: 'Another name' });

    expect(answer).toMatchObject({ status: 409, body: { code: 'customer.taken', issues: [{ path: 'customerId', code: 'taken' }] } });
  });

  it('TK5: cannot have the name of another customer', async () => {
    await create('N1', { name: 'Same name' });
    const other = await create('N2', { name: 'Other name' });

    expect(await create('N3', { name: 'Same name' })).toMatchObject({ status: 409, body: { code: 'customer.name-taken' } });
    expect(await change('N2', other.body.version, { name: 'Same name' })).toMatchObject({
      status: 409,
      body: { code: 'customer.name-taken', issues: [{ path: 'name', code: 'taken' }] },
    });
  });

  it('cannot have a name that differs from another in case only (ours)', async () => {
    const one = await create('N4', { name: 'Größe & Co' });
    const other = await create('N5', { name: 'Something else' });

    const answers = [await create('N6', { name: 'GRÖßE & co' }), await change('N5', other.body.version, { name: 'größe & CO' })];

    for (const answer of answers) expect(answer).toMatchObject({ status: 409, body: { code: 'customer.name-taken' } });
    expect(await change('N4', one.body.version, { name: 'GRÖßE & CO' })).toMatchObject({ status: 200, body: { name: 'GRÖßE & CO' } });
  });

  it('get a name once when two want it at once', async () => {
    const answers = await Promise.all([create('Race-1', { name: 'Wanted' }), create('Race-2', { name: 'wanted' })]);

    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('TK6: need a name', async () => {
    const { body } = await create('K6');

    expect(await create('K6b', { name: '  ' })).toMatchObject({ status: 422, body: { issues: [{ path: 'name', code: 'required' }] } });
    expect(await change('K6', body.version, { name: '' })).toMatchObject({
      status: 422,
      body: { code: 'validation.failed', issues: [{ path: 'name', code: 'required' }] },
    });
  });

  it('keep the name that a change does not mention (ours)', async () => {
    const { body } = await create('K7');

    const changed = await change('K7', body.version, { fields: { CustomerCompanyComment: 'two\nlines' } });

    expect(changed.body).toMatchObject({ name: 'The K7', fields: { CustomerCompanyComment: 'two\nlines' } });
  });

  it('keep their ID: renaming is an operation of its own', async () => {
    const { body } = await create('K8');

    const answer = await change('K8', body.version, { customerId: 'K9' });

    expect(answer).toMatchObject({ status: 422, body: { issues: [{ path: 'customerId', code: 'unknown-field' }] } });
  });

  it('are never deleted', async () => {
    await create('Kept');

    const answer = await test.send('DELETE', '/api/v1/customers/Kept');

    expect(answer).toMatchObject({ status: 405, body: { code: 'method.not-allowed' } });
    expect(String(answer.headers.allow).split(', ')).toEqual(expect.arrayContaining(['GET', 'PATCH']));
    expect((await read('Kept')).status).toBe(200);
  });

  it('are not overwritten by whoever saw an older version', async () => {
    const { body } = await create('Raced');
    const answers = await Promise.all(['one', 'two'].map((city) => change('Raced', body.version, { fields: { CustomerCompanyCity: city } })));

    const [won, lost] = answers.sort((a, b) => a.status - b.status);
    expect([won?.status, lost?.status]).toEqual([200, 412]);
    expect(lost?.body).toMatchObject({ code: 'version.stale', current: won?.body });
  });

  it('need the version that was seen', async () => {
    await create('Seen');

    expect(await test.send('PATCH', '/api/v1/customers/Seen', { body: { name: 'x' } })).toMatchObject({
      status: 428,
      body: { code: 'version.required' },
    });
  });

  it('are made once when two make the same at once', async () => {
    const answers = await Promise.all([create('Twice', { name: 'One' }), create('tWICE', { name: 'Two' })]);

    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('are refused with all reasons at once', async () => {
    const answer = await test.send('POST', '/api/v1/customers', {
      body: { customerId: 'a\u202eb', name: 'x'.repeat(201), fields: { CustomerCompanyCity: 'a\tb', Nonsense: '1' } },
    });

    expect(answer.status).toBe(422);
    expect(answer.body.issues).toEqual([
      { path: 'customerId', code: 'characters' },
      { path: 'name', code: 'too-long', params: { max: 200 } },
      { path: 'fields.CustomerCompanyCity', code: 'characters' },
      { path: 'fields.Nonsense', code: 'unknown-field' },
    ]);
  });

  it('are listed for a picker, valid ones only, in the order of their IDs', async () => {
    await create('Pick-2');
    await create('Pick-1');
    await create('Pick-3', { validity: 'invalid' });

    const { body } = await test.send('GET', '/api/v1/customers?search=pick&limit=20', { permission: 'clientele.read' });

    expect(body.items.map(({ customerId }: { customerId: string }) => customerId)).toEqual(['Pick-1', 'Pick-2']);
    expect(body).toMatchObject({ nextCursor: null, count: { value: 2, capped: false }, searchError: null });
  });

  it('answer a search that is not understood with nothing, not with everything', async () => {
    const { body } = await test.send('GET', `/api/v1/customers?search=${encodeURIComponent('((a')}`);

    expect(body).toMatchObject({ items: [], searchError: { code: expect.any(String) } });
  });

  it('are written only by those who may', async () => {
    const answer = await test.send('POST', '/api/v1/customers', { permission: 'clientele.read', body: { customerId: 'x', name: 'x' } });

    expect(answer).toMatchObject({ status: 403, body: { code: 'permission.missing' } });
  });

  it('are there or not found', async () => {
    expect(await read('nobody')).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });

  it('leave one row in the history for each change, field by field', async () => {
    const { body } = await create('Told', { name: 'Told' });
    await change('Told', body.version, { validity: 'invalid-temporarily', name: 'Told' });

    const rows = await database.connection.query<{ action: string; changes: string }>(
      "SELECT action, changes FROM clientele_audit WHERE subject_key = 'Told' ORDER BY id",
    );

    expect(rows.map(({ action, changes }) => [action, JSON.parse(changes)])).toEqual([
      [
        'created',
        expect.arrayContaining([
          { variable: 'CustomerID', from: null, to: 'Told', secret: false },
          { variable: 'ValidID', from: null, to: 'valid', secret: false },
        ]),
      ],
      ['changed', [{ variable: 'ValidID', from: 'valid', to: 'invalid-temporarily', secret: false }]],
    ]);
  });

  it('stay untouched when nothing changes', async () => {
    const { body } = await create('Same');

    const again = await change('Same', body.version, { name: ' The Same ', fields: { CustomerCompanyCity: '' } });

    const [row] = await database.connection.query<{ told: number }>("SELECT COUNT(*) AS told FROM clientele_audit WHERE subject_key = 'Same'");
    expect(again).toMatchObject({ status: 200, body: { version: body.version } });
    expect(Number(row?.told)).toBe(1);
  });
});

describeOnEachEngine('Customers of a backend with ReadOnly', ({ open }) => {
  it('are shown and never written, whoever asks (ours)', async () => {
    const { url, connection } = await open();
    const writing = await Program.open(url);
    await writing.send('POST', '/api/v1/customers', { body: { customerId: 'R1', name: 'R1' } });
    await writing.close();
    const { defaultCustomerCompanyBlock } = await import('../configuration/default-blocks.js');
    const test = await Program.open(url, { CustomerCompany: { ...defaultCustomerCompanyBlock, ReadOnly: 1 } });

    const read = await test.send('GET', '/api/v1/customers/r1');
    const created = await test.send('POST', '/api/v1/customers', { body: { customerId: 'R2', name: 'R2' } });
    const changed = await test.send('PATCH', '/api/v1/customers/R1', { ifMatch: read.body.version, body: { name: 'R3' } });
    await test.close();

    expect(read.body).toMatchObject({ customerId: 'R1', readOnly: true });
    for (const answer of [created, changed]) {
      expect(answer).toMatchObject({ status: 409, body: { code: 'backend.read-only', backendId: 'CustomerCompany' } });
    }
    expect(await connection.query('SELECT name FROM customer_company')).toEqual([{ name: 'R1' }]);
  });
});
