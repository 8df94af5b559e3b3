import { describeOnEachEngine, type TestDatabase } from './databases.js';
import { makeHelpdesk } from './helpdesk-schema.js';
import { insertPopulation, makeCompanies, makePeople, personColumns } from './people.js';

describeOnEachEngine('generated people', ({ open }) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await open();
    await makeHelpdesk(database.connection);
  });

  it('are stored by the thousand as they were made, in every script, with columns of the operator’s own', async () => {
    const { connection } = database;
    await connection.execute('ALTER TABLE customer_user ADD COLUMN room VARCHAR(20)');

    await insertPopulation(connection, { people: 2_000, customers: 300, personColumns: { ...personColumns, room: 'room' } });

    const expected = makePeople(2_000, makeCompanies(300)).map(({ login, lastName, customerId, room }) => ({ login, last_name: lastName, customer_id: customerId, room }));
    const stored = await connection.query('SELECT login, last_name, customer_id, room FROM customer_user ORDER BY id');
    expect(stored).toEqual(expected);
    expect(await connection.query('SELECT COUNT(*) AS companies FROM customer_company')).toEqual([{ companies: 300 }]);
  });
});

describe('generated people', () => {
  it('are the same for the same seed, and others for another', () => {
    const companies = makeCompanies(10);

    expect(makePeople(50, companies, 3)).toEqual(makePeople(50, companies, 3));
    expect(makePeople(50, companies, 3)).not.toEqual(makePeople(50, companies, 4));
  });

  it('have logins and addresses that nobody else has, in any spelling', () => {
    const people = makePeople(5_000, makeCompanies(100));

    expect(new Set(people.map(({ login }) => login.toLowerCase())).size).toBe(5_000);
    expect(new Set(people.map(({ email }) => email.toLowerCase())).size).toBe(5_000);
    expect(new Set(makeCompanies(5_000).map(({ name }) => name.toLowerCase())).size).toBe(5_000);
  });

  it.each(['é', 'Ш', 'Ω', 'م', 'נ', '山', '👩‍💻', "O'"])('write %s', (sign) => {
    const text = JSON.stringify(makePeople(2_000, makeCompanies(10)));

    expect(text).toContain(sign);
  });
});
