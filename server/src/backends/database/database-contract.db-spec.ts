import { describeOnEachEngine, type TestDatabase } from '../../../testing/databases.js';
import { describeBackendContract, type Person } from '../testing/backend-contract.js';
import { stagePeople } from '../testing/stage.js';
import { aPersonRow } from '../testing/tables.js';

describeOnEachEngine('A database backend keeps the contract:', ({ open }) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await open();
  });

  describeBackendContract({
    open: (people, { searchPrefix = '*', searchSuffix = '*' } = {}) =>
      stagePeople(database, people.map(rowOf), {
        block: {
          CustomerUserSearchFields: ['login', 'first_name', 'last_name', 'customer_id', 'phone'],
          CustomerUserSearchPrefix: searchPrefix,
          CustomerUserSearchSuffix: searchSuffix,
        },
      }),
  });
});

function rowOf(person: Person) {
  return aPersonRow(person.login, {
    email: person.email ?? 'nobody@mail.test',
    customer_id: person.customerId ?? 'C',
    first_name: person.firstName ?? 'F',
    last_name: person.lastName ?? 'L',
    phone: person.phone ?? null,
    valid_id: person.isInvalid ? 2 : 1,
  });
}
