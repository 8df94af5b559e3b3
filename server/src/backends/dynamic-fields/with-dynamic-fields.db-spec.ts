import { aCustomerUserBlock, mapWith } from '../../../testing/blocks.js';
import { describeOnEachEngine, type TestDatabase } from '../../../testing/databases.js';
import { makeHelpdesk } from '../../../testing/helpdesk-schema.js';
import { portable } from '../../platform/persistence/sql.js';
import type { Backend, Changes, StoredRecord } from '../backend.js';
import { openBackend } from '../backend-factory.js';
import { describeBackend } from '../describe-backend.js';
import { drivers } from '../drivers.js';
import { inTransaction } from '../testing/in-transaction.js';
import { contextOn, found, must } from '../testing/stage.js';
import { dynamicFieldWarnings, readDynamicFields } from './dynamic-field.js';

const car = ['DynamicField_Car', null, 'Car', 1, 0, 'dynamic_field'];
const tier = ['DynamicField_Tier', null, 'Tier', 1, 0, 'dynamic_field'];
const since = ['DynamicField_Since', null, 'Since', 1, 1, 'dynamic_field'];
const tierOptions = '---\nPossibleValues:\n  gold: Gold customer\n  none: "-"\n';

describeOnEachEngine('A backend with dynamic fields in its Map', ({ open }) => {
  let database: TestDatabase;
  let backend: Backend;

  beforeAll(async () => {
    database = await open();
    await makeHelpdesk(database.connection);
    await database.connection.execute(
      `INSERT INTO users (id, login, pw, first_name, last_name, valid_id, create_time, create_by, change_time, change_by)
       SELECT 7, 'agent', '', 'Ada', 'Agent', 1, create_time, 1, change_time, 1 FROM users WHERE id = 1`,
    );
    await addField({ id: 901, name: 'Car', type: 'Text', label: 'Company car' });
    await addField({ id: 902, name: 'Tier', type: 'Dropdown', label: 'Tier', config: tierOptions });
    await addField({ id: 903, name: 'Since', type: 'Date', label: 'Customer since' });
    await addField({ id: 904, name: 'Gone', type: 'Text', label: 'Gone', valid: 2 });
    await addField({ id: 905, name: 'Elsewhere', type: 'Text', label: 'A field of tickets', object: 'Ticket' });
  });

  beforeEach(async () => {
    for (const table of ['dynamic_field_value', 'dynamic_field_obj_id_name', 'customer_user']) await database.connection.execute(`DELETE FROM ${table}`);
    backend = await openWith([car, tier, since]);
  });

  it('finds a person by a part of such a value (TS38), and leaves them out by NOT', async () => {
    await add('anna', { DynamicField_Car: 'Blue car' });
    await add('bert', { DynamicField_Car: 'Red bus' });
    await add('carl');

    expect(await found(backend, 'lue')).toEqual(['anna']);
    expect(await found(backend, 'lue OR carl')).toEqual(['anna', 'carl']);
    expect(await found(backend, '!lue')).toEqual(['bert', 'carl']);
    expect(await found(backend, 'lue+bert')).toEqual([]);
    expect(await found(backend, '100%')).toEqual([]);
  });

  it('reads, changes and clears values, and keeps 0 as a value', async () => {
    await add('anna', { DynamicField_Car: 'Blue car', DynamicField_Tier: 'gold' });

    expect((await must(backend, 'anna')).values).toMatchObject({ DynamicField_Car: 'Blue car', DynamicField_Tier: 'gold', DynamicField_Since: '' });
    const changed = await change('anna', { DynamicField_Car: '0' });
    expect(changed.values).toMatchObject({ DynamicField_Car: '0', DynamicField_Tier: 'gold' });
    await change('anna', { DynamicField_Car: '' });
    expect((await must(backend, 'anna')).values['DynamicField_Car']).toBe('');
    expect(await database.connection.query('SELECT field_id FROM dynamic_field_value')).toEqual([{ field_id: 902 }]);
  });

  it('has another version after such a value was changed', async () => {
    const before = await add('anna', { DynamicField_Car: 'Blue car' });

    const after = await change('anna', { DynamicField_Car: 'Green car' });

    expect(after.version).not.toBe(before.version);
    expect((await must(backend, 'anna')).version).toBe(after.version);
  });

  it('takes the values along when the spelling of a login changes', async () => {
    await add('anna', { DynamicField_Car: 'Blue car' });

    const changed = await change('anna', { UserLogin: 'Anna', DynamicField_Tier: 'gold' });

    expect(changed).toMatchObject({ key: 'Anna', values: { DynamicField_Car: 'Blue car', DynamicField_Tier: 'gold' } });
    expect(await database.connection.query('SELECT object_name AS name FROM dynamic_field_obj_id_name')).toEqual([{ name: 'Anna' }]);
  });

  it('keeps nothing of a change that failed', async () => {
    await add('anna');

    const failing = inTransaction(database.connection, async (transaction) => {
      await backend.writer?.update(transaction, 'anna', { DynamicField_Car: 'Blue car' });
      throw new Error('something else went wrong');
    });

    await expect(failing).rejects.toThrow('something else');
    expect((await must(backend, 'anna')).values['DynamicField_Car']).toBe('');
  });

  it('shows a field of a kind that is changed in the helpdesk only, and refuses to write it', async () => {
    const writing = add('anna', { DynamicField_Since: '2026-01-01' });

    await expect(writing).rejects.toMatchObject({ issues: [{ path: 'fields.DynamicField_Since', code: 'read-only' }] });
    expect(dynamicFieldWarnings(blockWith([since]), await readDynamicFields(database.connection))).toEqual([
      'CustomerUser, Map row 17: the dynamic field "Since" is of the type Date, which is shown here and changed in the helpdesk',
    ]);
  });

  it("describes them to the pages by the field's own label and choices", () => {
    const fields = describeBackend(backend).fields.filter(({ variable }) => variable.startsWith('DynamicField_'));

    expect(fields).toMatchObject([
      { label: 'Company car', kind: 'text', readOnly: false, searchable: true },
      { label: 'Tier', kind: 'select', options: [{ value: 'gold', label: 'Gold customer' }, { value: 'none', label: '-' }] },
      { label: 'Customer since', readOnly: true, required: false },
    ]);
  });

  it('refuses a row that names no field, or one of another object, by its number', async () => {
    await expect(openWith([['DynamicField_X', null, 'Missing', 1, 0, 'dynamic_field']])).rejects.toMatchObject({
      faults: ['Map row 17: there is no dynamic field "Missing" for the object CustomerUser'],
    });
    await expect(openWith([['DynamicField_X', null, 'Elsewhere', 1, 0, 'dynamic_field']])).rejects.toMatchObject({
      faults: ['Map row 17: there is no dynamic field "Elsewhere" for the object CustomerUser'],
    });
  });

  it('leaves an invalid field out, with a warning', async () => {
    const gone = ['DynamicField_Gone', null, 'Gone', 1, 0, 'dynamic_field'];

    const without = await openWith([gone]);

    expect(without.fields.rows.map(({ variable }) => variable)).not.toContain('DynamicField_Gone');
    expect(dynamicFieldWarnings(blockWith([gone]), await readDynamicFields(database.connection))).toEqual([
      'CustomerUser, Map row 17: the dynamic field "Gone" is invalid in the helpdesk, so it is not shown',
    ]);
  });

  function blockWith(rows: readonly (readonly unknown[])[]) {
    return aCustomerUserBlock({ Map: mapWith(...rows), CustomerUserSearchFields: ['login', ...(rows.includes(car) ? ['Car'] : [])] });
  }

  async function openWith(rows: readonly (readonly unknown[])[]): Promise<Backend> {
    const context = contextOn(database, await readDynamicFields(database.connection));
    return (await openBackend(blockWith(rows), drivers, context)).backend;
  }

  async function add(login: string, values: Changes = {}): Promise<StoredRecord> {
    const person = { UserLogin: login, UserEmail: `${login}@mail.test`, UserCustomerID: 'acme', UserFirstname: login, UserLastname: 'Berg' };
    return written((writer, transaction) => writer.create(transaction, { ...person, ...values }));
  }

  function change(login: string, values: Changes): Promise<StoredRecord> {
    return written((writer, transaction) => writer.update(transaction, login, values));
  }

  type Writing = (writer: NonNullable<Backend['writer']>, transaction: Parameters<NonNullable<Backend['writer']>['lock']>[0]) => Promise<StoredRecord>;

  function written(writing: Writing): Promise<StoredRecord> {
    return inTransaction(database.connection, async (transaction) => {
      if (backend.writer === null) throw new Error('the backend is read-only');
      return writing(backend.writer, transaction);
    });
  }

  async function addField(field: { id: number; name: string; type: string; label: string; config?: string; valid?: number; object?: string }): Promise<void> {
    await database.connection.execute(
      portable(
        database.connection.engine,
        `INSERT INTO dynamic_field (id, name, label, field_order, field_type, object_type, config, valid_id, create_time, create_by, change_time, change_by)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, '2026-01-02 03:04:05', 1, '2026-01-02 03:04:05', 1)`,
      ),
      [field.id, field.name, field.label, field.id, field.type, field.object ?? 'CustomerUser', field.config ?? '---\n', field.valid ?? 1],
    );
  }
});
