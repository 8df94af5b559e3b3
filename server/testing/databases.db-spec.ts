import { describeOnEachEngine, openTestDatabase } from './databases.js';

describeOnEachEngine('A test database', ({ engine, open }) => {
  it('is fresh, its own, and gone after it is dropped', async () => {
    const first = await open();
    const second = await open();
    await first.connection.query('CREATE TABLE mine (id INT)');

    const schema = engine === 'mariadb' ? 'DATABASE()' : 'current_schema()';
    const tables = await second.connection.query(`SELECT table_name FROM information_schema.tables WHERE table_schema = ${schema}`);
    await first.drop();
    await first.drop();

    expect(tables).toEqual([]);
    expect(first.url).not.toBe(second.url);
  });
});

it('keeps the engines apart', async () => {
  const database = await openTestDatabase('postgres');

  expect(database.connection.engine).toBe('postgres');
  await database.drop();
});
