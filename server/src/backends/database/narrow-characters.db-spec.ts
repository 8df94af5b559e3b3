import { openTestDatabase, type TestDatabase } from '../../../testing/databases.js';
import type { Backend, Writer } from '../backend.js';
import { found, freshName, must, stageCustomers, stagePeople } from '../testing/stage.js';
import { inTransaction } from '../testing/in-transaction.js';
import { aCustomerRow, aPersonRow, personTable } from '../testing/tables.js';

const newcomer = { UserLogin: 'nora', UserEmail: 'nora@mail.test', UserCustomerID: 'ACME', UserFirstname: 'Nora', UserLastname: 'Lind' };

/** Many helpdesks on MySQL still keep three bytes for a character at most; an emoji needs four. */
describe('A table of three-byte UTF-8', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await openTestDatabase('mariadb');
    await database.connection.execute('ALTER DATABASE CHARACTER SET utf8mb3 COLLATE utf8mb3_general_ci');
  });
  afterAll(() => database?.drop());

  const writing = <T>({ writer }: Backend, work: (writer: Writer, transaction: Parameters<Writer['create']>[0]) => Promise<T>) =>
    inTransaction(database.connection, (transaction) => {
      if (!writer) throw new Error('not writable');
      return work(writer, transaction);
    });

  it.each([
    ['a field', { UserComment: 'well done 👍' }, 'fields.UserComment'],
    ['a login', { UserLogin: 'nora👍' }, 'login'],
    ['a customer ID', { UserCustomerID: '👍' }, 'customerId'],
  ])('refuses an emoji in %s, at its field, when somebody is created', async (_, values, path) => {
    const backend = await stagePeople(database, []);

    const creating = writing(backend, (writer, transaction) => writer.create(transaction, { ...newcomer, ...values }));

    await expect(creating).rejects.toMatchObject({ code: 'validation.failed', issues: [{ path, code: 'characters' }] });
    expect(await found(backend, '*')).toEqual([]);
  });

  it('refuses an emoji when somebody is changed, and keeps what was there', async () => {
    const backend = await stagePeople(database, [aPersonRow('anna', { comments: 'before' })]);

    const changing = writing(backend, (writer, transaction) => writer.update(transaction, 'anna', { UserComment: '👍' }));

    await expect(changing).rejects.toMatchObject({ code: 'validation.failed', issues: [{ path: 'fields.UserComment', code: 'characters' }] });
    expect((await must(backend, 'anna')).values['UserComment']).toBe('before');
  });

  it('refuses an emoji in the name of a customer', async () => {
    const backend = await stageCustomers(database, []);

    const creating = writing(backend, (writer, transaction) => writer.create(transaction, { CustomerID: 'ACME', CustomerCompanyName: 'Acme 👍' }));

    await expect(creating).rejects.toMatchObject({ code: 'validation.failed', issues: [{ path: 'name', code: 'characters' }] });
  });

  it('takes every other character, and finds nobody by an emoji', async () => {
    const backend = await stagePeople(database, [aPersonRow('anna')]);

    const changed = await writing(backend, (writer, transaction) => writer.update(transaction, 'anna', { UserComment: 'Ünal カス €' }));

    expect(changed.values['UserComment']).toBe('Ünal カス €');
    expect(await found(backend, '👍')).toEqual([]);
    expect(await backend.find('anna👍', { signal: new AbortController().signal, remainingMs: () => 10_000 })).toBeNull();
    expect(await found(backend, { customerId: '👍' })).toEqual([]);
    expect(await found(backend, { email: '👍@mail.test' })).toEqual([]);
  });

  it('names the field of a one-byte column that cannot hold a character', async () => {
    const { name, columns, hasAudit } = personTable(freshName());
    const latin = columns.map((column) => column.replace(/^(city VARCHAR\(200\))/, '$1 CHARACTER SET latin1'));
    const backend = await stagePeople(database, [aPersonRow('anna')], { table: { name, columns: latin, hasAudit } });

    const changed = await writing(backend, (writer, transaction) => writer.update(transaction, 'anna', { UserCity: 'Košice € Zürich' }).catch((error: unknown) => error));
    const changing = writing(backend, (writer, transaction) => writer.update(transaction, 'anna', { UserPhone: '1', UserCity: '東京' }));

    expect(changed).toMatchObject({ values: { UserCity: 'Košice € Zürich' } });
    await expect(changing).rejects.toMatchObject({ code: 'validation.failed', issues: [{ path: 'fields.UserCity', code: 'characters' }] });
  });

  it('holds a customer that is there', async () => {
    const backend = await stageCustomers(database, [aCustomerRow('ACME')]);

    expect(await found(backend, 'acme')).toEqual(['ACME']);
  });
});
