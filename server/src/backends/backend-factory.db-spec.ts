import { Logger } from '@nestjs/common';
import { aCustomerUserBlock } from '../../testing/blocks.js';
import { openTestDatabase, type TestDatabase } from '../../testing/databases.js';
import { openBackend } from './backend-factory.js';
import { CachedBackend } from './cache/cached-backend.js';
import { describeBackend } from './describe-backend.js';
import { drivers } from './drivers.js';
import { contextOn } from './testing/stage.js';
import { createTable, personTable } from './testing/tables.js';

describe('A block opened as a backend', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    database = await openTestDatabase('postgres');
    await createTable(database.connection, personTable('people'));
  });
  afterAll(() => database?.drop());

  const people = { Params: { Table: 'people' } };
  const elsewhere = () => ({ Params: { Table: 'people', Url: database.url } });
  const directory = {
    Module: 'Kernel::System::CustomerUser::LDAP', CustomerKey: 'uid', CustomerID: 'o', CustomerValid: undefined, CustomerUserListFields: undefined,
    CustomerUserSearchFields: ['uid'], CustomerUserPostMasterSearchFields: ['mail'], CustomerUserNameFields: ['cn'],
    Map: [['UserLogin', 'L', 'uid'], ['UserEmail', 'M', 'mail'], ['UserCustomerID', 'C', 'o']],
    Params: { Host: 'ldap://127.0.0.1:1', BaseDN: 'o=x', SSCOPE: 'sub' },
  };

  async function opened(changes: Readonly<Record<string, unknown>>) {
    const { backend } = await openBackend(aCustomerUserBlock(changes), drivers, contextOn(database));
    await backend.close();
    return backend;
  }

  it('takes new people where it is a database and not read-only (TC10)', async () => {
    const backends = [await opened(people), await opened({ ...people, ReadOnly: 1 }), await opened(directory)];

    expect(backends.map((backend) => describeBackend(backend).readOnly)).toEqual([false, true, true]);
  });

  it('is remembered where CacheTTL asks for it and the records are not in the main database', async () => {
    const backends = [
      await opened({ ...people, CacheTTL: 60 }), await opened({ ...elsewhere(), CacheTTL: 60 }), await opened({ ...elsewhere(), CacheTTL: 0 }),
      await opened({ ...directory, CacheTTL: 60 }), await opened({ ...directory, CacheTTL: undefined }),
    ];

    expect(backends.map((backend) => backend instanceof CachedBackend)).toEqual([false, true, false, true, false]);
  });
});
