import { describeOnEachEngine, type TestDatabase } from '../../../testing/databases.js';
import { mapWith } from '../../../testing/blocks.js';
import type { Transaction } from '../../platform/persistence/unit-of-work.js';
import type { Backend, Changes, StoredRecord, Writer } from '../backend.js';
import { found, freshName, must, patience, stageCustomers, stagePeople } from '../testing/stage.js';
import { aMoment, inTransaction } from '../testing/in-transaction.js';
import { aCustomerRow, aPersonRow, personTable } from '../testing/tables.js';

const newcomer = { UserLogin: 'nora', UserEmail: 'nora@mail.test', UserCustomerID: 'ACME', UserFirstname: 'Nora', UserLastname: 'Lind' };

describeOnEachEngine('Writing to a database backend', ({ open }) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await open();
  });

  const create = (backend: Backend, values: Changes) => write(backend, (writer, transaction) => writer.create(transaction, values));
  const update = (backend: Backend, key: string, changes: Changes, now?: Date) =>
    write(backend, (writer, transaction) => writer.update(transaction, key, changes), now);

  async function write<T>(backend: Backend, work: (writer: Writer, transaction: Transaction) => Promise<T>, now?: Date): Promise<T> {
    const { writer } = backend;
    if (!writer) throw new Error('not writable');
    return inTransaction(database.connection, (transaction) => work(writer, transaction), now);
  }

  async function rowsOf(table: string): Promise<Record<string, unknown>[]> {
    return database.connection.query(`SELECT * FROM ${table} ORDER BY login`);
  }

  it('creates a person with everything the helpdesk expects: no NULL in a text, 1 as validity, who and when', async () => {
    const table = personTable(freshName());
    const backend = await stagePeople(database, [], { table });

    const record = await create(backend, { ...newcomer, UserPhone: '0', UserTitle: null });

    const [row] = await rowsOf(table.name);
    expect(row).toMatchObject({
      login: 'nora', first_name: 'Nora', title: '', phone: '0', fax: '', comments: '', valid_id: 1, pw: null, create_by: 7, change_by: 7,
      create_time: aMoment, change_time: aMoment,
    });
    expect(record).toMatchObject({ key: 'nora', name: 'Nora Lind', validity: 'valid', created: aMoment, changed: aMoment });
    expect(record).toEqual(await must(backend, 'NORA'));
  });

  it('changes what is named and nothing else (TW14, ours), with who and when', async () => {
    const table = personTable(freshName());
    const backend = await stagePeople(database, [aPersonRow('anna', { phone: '123', pw: 'hash', fax: null }), aPersonRow('bert')], { table });
    const before = await must(backend, 'anna');

    const after = await update(backend, 'ANNA', { UserMobile: '456', ValidID: 2 });

    const [anna, bert] = await rowsOf(table.name);
    expect(anna).toMatchObject({
      login: 'anna', phone: '123', fax: null, mobile: '456', valid_id: 2, pw: 'hash', create_by: 1, change_by: 7, change_time: aMoment,
    });
    expect(bert).toMatchObject({ mobile: null, change_by: 1 });
    expect(after).toMatchObject({ validity: 'invalid', changed: aMoment, created: before.created });
    expect(after.version).not.toBe(before.version);
  });

  it.each(['', '0', 'Ünal', 'カス', '👩‍💻 Zoë', "O'Neil", 'a\\b', '50%_', "'); DROP TABLE x; --", ' x '])('stores %j as it is', async (value) => {
    const backend = await stagePeople(database, []);

    await create(backend, { ...newcomer, UserComment: value });

    expect((await must(backend, 'nora')).values['UserComment']).toBe(value);
  });

  it.each([
    ['a text too long', { UserTitle: 'x'.repeat(51) }, 'fields.UserTitle', 'too-long', { max: 50 }],
    ['a login too long', { UserLogin: 'x'.repeat(201) }, 'login', 'too-long', { max: 200 }],
    ['a NUL', { UserComment: 'a\0b' }, 'fields.UserComment', 'characters', undefined],
    ['half a character', { UserComment: '\ud83d' }, 'fields.UserComment', 'characters', undefined],
    ['a number that is none', { ValidID: '1; DROP' }, 'validity', 'invalid-type', { expected: 'integer' }],
    ['a number too large', { ValidID: 99_999 }, 'validity', 'too-large', { max: 32_767 }],
    ['no login', { UserLogin: '' }, 'login', 'required', undefined],
    ['a variable that is not mapped', { UserShoeSize: '42' }, 'fields.UserShoeSize', 'unknown-field', undefined],
    ['a password among the values', { UserPassword: 'x' }, 'password', 'unknown-field', undefined],
  ])('refuses %s, at its field, and cuts nothing off', async (_, changes, path, code, params) => {
    const backend = await stagePeople(database, []);

    await expect(create(backend, { ...newcomer, ...changes })).rejects.toMatchObject({
      code: 'validation.failed', issues: [params ? { path, code, params } : { path, code }],
    });
    expect(await found(backend, '*')).toEqual([]);
  });

  it('counts characters, not bytes or halves, for the length', async () => {
    const backend = await stagePeople(database, []);

    await create(backend, { ...newcomer, UserTitle: '👩'.repeat(50) });

    expect((await must(backend, 'nora')).values['UserTitle']).toBe('👩'.repeat(50));
  });

  it('refuses a login that is there (TW1) and a rename onto one (TW16), and takes a change of its case (TW17)', async () => {
    const backend = await stagePeople(database, [aPersonRow('anna'), aPersonRow('nora')]);

    await expect(create(backend, newcomer)).rejects.toMatchObject({ code: 'login.taken', issues: [{ path: 'login', code: 'taken' }] });
    await expect(update(backend, 'anna', { UserLogin: 'nora' })).rejects.toMatchObject({ code: 'login.taken' });
    expect((await update(backend, 'anna', { UserLogin: 'ANNA' })).key).toBe('ANNA');
  });

  it('refuses a customer ID and a customer name that are there (TK5)', async () => {
    const backend = await stageCustomers(database, [aCustomerRow('ACME', { name: 'Acme' }), aCustomerRow('beta')]);

    await expect(create(backend, { CustomerID: 'ACME', CustomerCompanyName: 'Other' })).rejects.toMatchObject({ code: 'customer.taken' });
    await expect(create(backend, { CustomerID: 'new', CustomerCompanyName: 'Acme' })).rejects.toMatchObject({ code: 'customer.name-taken', issues: [{ path: 'name', code: 'taken' }] });
    await expect(update(backend, 'beta', { CustomerCompanyName: 'Acme' })).rejects.toMatchObject({ code: 'customer.name-taken' });
    expect(await create(backend, { CustomerID: 'new', CustomerCompanyName: 'New' })).toMatchObject({ key: 'new', name: 'New', values: { CustomerCompanyCity: '' } });
  });

  it('says which field a unique column of the operator\'s own is', async () => {
    const backend = await stagePeople(database, [aPersonRow('anna', { badge: 'b1' })], {
      table: personTable(freshName(), ['badge VARCHAR(20) UNIQUE']),
      block: { Map: mapWith(['UserBadge', 'Badge', 'badge', 1, 0, 'var']) },
    });

    await expect(create(backend, { ...newcomer, UserBadge: 'b1' })).rejects.toMatchObject({
      code: 'validation.failed', issues: [{ path: 'fields.UserBadge', code: 'taken' }],
    });
  });

  it('writes a read-only row on creating and keeps it on changing (TW15)', async () => {
    const backend = await stagePeople(database, [], { block: { Map: mapWith(['UserPhone', 'Phone', 'phone', 1, 0, 'var', '', 1]) } });

    await create(backend, { ...newcomer, UserPhone: '123' });
    const changed = await update(backend, 'nora', { UserPhone: '999', UserFax: '4' });

    expect(changed.values).toMatchObject({ UserPhone: '123', UserFax: '4' });
  });

  it('writes a column that two rows share once, with the value of the first (TC16), and reads both', async () => {
    const backend = await stagePeople(database, [], { block: { Map: mapWith(['UserMobile', 'Mobile', 'phone', 1, 0, 'var']) } });

    const created = await create(backend, { ...newcomer, UserMobile: '2', UserPhone: '1' });
    const changed = await update(backend, 'nora', { UserMobile: '3' });

    expect(created.values).toMatchObject({ UserPhone: '1', UserMobile: '1' });
    expect(changed.values).toMatchObject({ UserPhone: '3', UserMobile: '3' });
  });

  it('serves people whose login is their mail address', async () => {
    const backend = await stagePeople(database, [], {
      block: {
        CustomerKey: 'email', Map: mapWith(['UserLogin', 'Username', 'email', 1, 1, 'var']), CustomerUserSearchFields: ['email'],
      },
      table: { ...personTable(freshName()), columns: [...personTable('x').columns.filter((column) => !/^login|CONSTRAINT/.test(column)), 'UNIQUE (email)'] },
    });

    const { UserLogin: _, ...rest } = newcomer;
    expect(await create(backend, { ...rest, UserEmail: 'nora@mail.test' })).toMatchObject({
      key: 'nora@mail.test', values: { UserLogin: 'nora@mail.test', UserEmail: 'nora@mail.test' },
    });
    await expect(create(backend, newcomer)).resolves.toMatchObject({ key: 'nora' });
  });

  it('keeps whole numbers in int rows: 0 for none', async () => {
    const backend = await stagePeople(database, [], {
      table: personTable(freshName(), ['floor INTEGER', 'seats INTEGER']),
      block: { Map: mapWith(['UserFloor', 'Floor', 'floor', 1, 0, 'int'], ['UserSeats', 'Seats', 'seats', 1, 0, 'var']) },
    });

    const created = await create(backend, { ...newcomer, UserFloor: '12', UserSeats: '3' });
    const emptied = await update(backend, 'nora', { UserFloor: null, UserSeats: '' });

    expect(created.values).toMatchObject({ UserFloor: 12, UserSeats: '3' });
    expect(emptied.values).toMatchObject({ UserFloor: 0, UserSeats: '' });
  });

  it('refuses what only the table knows to be wrong', async () => {
    const backend = await stagePeople(database, [], {
      table: personTable(freshName(), ['born DATE']),
      block: { Map: mapWith(['UserBorn', 'Born', 'born', 1, 0, 'var']) },
    });

    await expect(create(backend, { ...newcomer, UserBorn: 'some day' })).rejects.toMatchObject({ code: 'validation.failed' });
    expect((await create(backend, { ...newcomer, UserBorn: '1990-05-06' })).values['UserBorn']).toBe('1990-05-06');
    expect((await update(backend, 'nora', { UserBorn: '' })).values['UserBorn']).toBe('');
  });

  it('leaves audit columns alone where the table has none (TC17)', async () => {
    const backend = await stagePeople(database, [], { table: { ...personTable(freshName()), hasAudit: false }, block: { Params: { ForeignDB: 1 } } });

    const created = await create(backend, newcomer);
    const changed = await update(backend, 'nora', { UserFax: '1' });

    expect(created).toMatchObject({ created: null, changed: null });
    expect(changed.version).not.toBe(created.version);
  });

  it('never writes where ReadOnly is set (TW19)', async () => {
    const backend = await stagePeople(database, [aPersonRow('anna')], { block: { ReadOnly: 1 } });

    const setting = inTransaction(database.connection, async (transaction) => backend.passwords?.set(transaction, 'anna', 'x'));

    expect(backend.writer).toBeNull();
    await expect(setting).rejects.toMatchObject({ code: 'backend.read-only' });
  });

  it('sets a password, gives only yes or no, and changes the version with it, also within a second', async () => {
    const backend = await stagePeople(database, [aPersonRow('anna', { pw: 'old' })]);
    const set = (hash: string) => inTransaction(database.connection, async (transaction) => backend.passwords?.set(transaction, 'ANNA', hash));
    const verify = (expected: string | null) => backend.passwords?.verify('Anna', async (stored) => stored === expected, patience());

    await set('first');
    const first = await must(backend, 'anna');
    await set('second');
    const second = await must(backend, 'anna');

    expect(first.version).not.toBe(second.version);
    expect(second.changed).toEqual(aMoment);
    expect([await verify('second'), await verify('first')]).toEqual([true, false]);
    expect(await backend.passwords?.verify('nobody', async (stored) => stored === null, patience())).toBe(true);
  });

  it('has no passwords without a row for them', async () => {
    const backend = await stagePeople(database, [], { block: { Map: mapWith().filter(([variable]) => variable !== 'UserPassword') } });

    expect(backend.passwords).toBeNull();
  });

  it('says that nobody is there to be changed', async () => {
    const backend = await stagePeople(database, []);

    await expect(update(backend, 'nobody', { UserFax: '1' })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('lets two writers of one person queue up: the second sees what the first wrote', async () => {
    const backend = await stagePeople(database, [aPersonRow('anna', { fax: '0' })]);
    const seen: StoredRecord[] = [];
    const addOne = () =>
      write(backend, async (writer, transaction) => {
        const current = await writer.lock(transaction, 'ANNA');
        if (!current) throw new Error('nobody');
        seen.push(current);
        return writer.update(transaction, 'anna', { UserFax: String(Number(current.values['UserFax']) + 1) });
      });

    await Promise.all(Array.from({ length: 6 }, addOne));

    expect((await must(backend, 'anna')).values['UserFax']).toBe('6');
    expect(new Set(seen.map(({ version }) => version)).size).toBe(6);
  });

  it('lets one of two racing creates of a login win', async () => {
    const backend = await stagePeople(database, []);

    const attempts = await Promise.allSettled(Array.from({ length: 4 }, () => create(backend, newcomer)));

    const refused = attempts.flatMap((attempt) => (attempt.status === 'rejected' ? [attempt.reason] : []));
    expect(refused.map(({ code }) => code)).toEqual(['login.taken', 'login.taken', 'login.taken']);
    expect(await found(backend, '*')).toEqual(['nora']);
  });

  it('leaves nothing behind when the transaction fails', async () => {
    const backend = await stagePeople(database, [aPersonRow('anna')]);

    const failing = write(backend, async (writer, transaction) => {
      await writer.create(transaction, newcomer);
      await writer.update(transaction, 'anna', { UserFax: '1' });
      throw new Error('later');
    });

    await expect(failing).rejects.toThrow('later');
    expect(await found(backend, '*')).toEqual(['anna']);
    expect((await must(backend, 'anna')).values['UserFax']).toBe('');
  });
});
