import { describeOnEachEngine, openTestDatabase, type TestDatabase } from '../../testing/databases.js';
import { loadConfiguration, parseConfiguration, withHelpdeskSettings } from './configuration.js';
import { FollowedConfiguration } from './followed-configuration.js';
import { readHelpdeskSettings } from './helpdesk-settings.js';

interface Setting {
  readonly name: string;
  readonly value: string;
  readonly isValid?: 0 | 1;
}
interface Modified extends Setting {
  /** An agent who has it for himself alone. */
  readonly userId?: number;
}

/** The helpdesk's tables, as far as they matter here; MySQL keeps values as bytes. */
async function makeTables({ connection }: TestDatabase): Promise<void> {
  const value = connection.engine === 'mysql' ? 'LONGBLOB' : 'TEXT';
  await connection.execute('DROP TABLE IF EXISTS sysconfig_modified');
  await connection.execute('DROP TABLE IF EXISTS sysconfig_default');
  await connection.execute(`CREATE TABLE sysconfig_default (id INTEGER PRIMARY KEY, name VARCHAR(250) NOT NULL, is_valid SMALLINT NOT NULL, effective_value ${value} NOT NULL)`);
  await connection.execute(
    `CREATE TABLE sysconfig_modified (id INTEGER PRIMARY KEY, sysconfig_default_id INTEGER NOT NULL, name VARCHAR(250) NOT NULL, user_id INTEGER,
                                      is_valid SMALLINT NOT NULL, effective_value ${value} NOT NULL)`,
  );
}

async function store({ connection }: TestDatabase, defaults: readonly Setting[], modified: readonly Modified[] = []): Promise<void> {
  const marks = (count: number): string => Array.from({ length: count }, (_, index) => (connection.engine === 'mysql' ? '?' : `$${index + 1}`)).join(', ');
  const ids = new Map(defaults.map(({ name }, index) => [name, index + 1]));
  for (const { name, value, isValid = 1 } of defaults) {
    await connection.execute(`INSERT INTO sysconfig_default VALUES (${marks(4)})`, [ids.get(name) ?? 0, name, isValid, value]);
  }
  for (const [index, { name, value, isValid = 1, userId = null }] of modified.entries()) {
    await connection.execute(`INSERT INTO sysconfig_modified VALUES (${marks(6)})`, [index + 1, ids.get(name) ?? 0, name, userId, isValid, value]);
  }
}

describeOnEachEngine("Settings of a live helpdesk's tables", ({ open }) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await open();
  });
  beforeEach(() => makeTables(database));

  const settings = async () => withHelpdeskSettings(await loadConfiguration(null), await readHelpdeskSettings(database.connection));

  it('hold over the defaults, changed ones over those that the helpdesk came with; not what an agent set for himself', async () => {
    await store(
      database,
      [
        { name: 'CustomerGroupSupport', value: "--- 0\n" },
        { name: 'CustomerGroupAlwaysGroups', value: '---\n- users\n' },
        { name: 'Ticket::Service', value: "--- '1'\n" },
        { name: 'CheckEmailInvalidAddress', value: "--- '@(example)\\.(..|...)$'\n" },
        { name: 'Frontend::Colour', value: '--- blue\n' },
      ],
      [
        { name: 'CustomerGroupSupport', value: "--- '1'\n" },
        { name: 'CustomerGroupAlwaysGroups', value: "---\n- users\n- Grüße\n" },
        { name: 'Ticket::Service', value: '--- 0\n', userId: 3 },
      ],
    );

    const { settings: read, settingSources, warnings } = await settings();

    expect(read).toMatchObject({ CustomerGroupSupport: true, CustomerGroupAlwaysGroups: ['users', 'Grüße'], isServiceOn: true });
    expect(read.CheckEmailInvalidAddress.test('x@EXAMPLE.com')).toBe(true);
    expect(['CustomerGroupSupport', 'Ticket::Service', 'CheckEmailAddresses'].map((name) => settingSources.get(name))).toEqual(['helpdesk', 'helpdesk', 'default']);
    expect(read.others).toEqual({});
    expect(warnings).toEqual([]);
  });

  it('of a hash are entries of their own: one switched on, one switched off, one left alone', async () => {
    await store(
      database,
      [
        { name: 'CustomerGroupPermissionContext###001-CustomerID-same', value: '---\nName: Same Customer\nValue: Ticket::CustomerID::Same\n' },
        { name: 'CustomerGroupPermissionContext###100-CustomerID-other', value: '---\nName: Other Customers\nValue: Ticket::CustomerID::Other\n', isValid: 0 },
        { name: 'CustomerTicket::Permission###3-CustomerIDCheck', value: "---\nGranted: '1'\nModule: Kernel::System::Ticket::CustomerPermission::CustomerIDCheck\nRequired: '0'\n" },
      ],
      [
        { name: 'CustomerGroupPermissionContext###100-CustomerID-other', value: '---\nName: Others\nValue: Ticket::CustomerID::Other\n' },
        { name: 'CustomerTicket::Permission###3-CustomerIDCheck', value: '--- {}\n', isValid: 0 },
      ],
    );

    const { settings: read } = await settings();

    expect(read.permissionContexts).toEqual([
      { kind: 'same', context: 'Ticket::CustomerID::Same', name: 'Same Customer' }, { kind: 'other', context: 'Ticket::CustomerID::Other', name: 'Others' },
    ]);
    expect(read.ticketPermissions.map(({ name }) => name)).toEqual(['1-GroupCheck', '2-CustomerUserIDCheck', '4-CustomerGroupCheck']);
  });

  it('that cannot be read are told and passed over, and the others hold', async () => {
    await store(database, [
      { name: 'CustomerGroupSupport', value: '--- [1\n' },
      { name: 'CustomerGroupAlwaysGroups', value: '--- !!perl/hash:Net::Evil\nx: 1\n' },
      { name: 'System::Customer::Permission', value: `--- &a [&b [x, x], *b, *b]\n` },
      { name: 'CheckEmailValidAddress', value: "--- '(?<'\n" },
      { name: 'Ticket::Service::KeepChildren', value: `--- "${'1'.repeat(100_001)}"\n` },
      { name: 'Ticket::Service', value: '--- 1\n' },
      { name: 'CheckMXRecord::Nameserver', value: '--- ~\n' },
    ]);

    const { settings: read, warnings } = await settings();

    expect(read).toMatchObject({ CustomerGroupSupport: false, CustomerGroupAlwaysGroups: ['users'], permissionKeys: ['ro', 'rw'], isServiceOn: true, CheckMXRecordNameserver: null });
    expect(warnings).toEqual([
      'SysConfig, CheckEmailValidAddress: is not a regular expression that can be read here; its default holds',
      'SysConfig, CustomerGroupAlwaysGroups: is not plain YAML; its default holds',
      'SysConfig, CustomerGroupSupport: is not plain YAML; its default holds',
      'SysConfig, System::Customer::Permission: expected text; its default holds',
      'SysConfig, Ticket::Service::KeepChildren: is longer than 100000 characters; its default holds',
    ]);
  });

  it('ask for mail servers only where somebody has chosen so himself', async () => {
    const shipped = { name: 'CheckMXRecord', value: "--- '1'\n" };
    await store(database, [shipped]);
    const before = await settings();
    await makeTables(database);
    await store(database, [shipped], [shipped]);
    const after = await settings();

    expect([before.settings.CheckMXRecord, after.settings.CheckMXRecord]).toEqual([false, true]);
  });
});

describe('The settings of a running server', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await openTestDatabase('mariadb');
  });
  afterAll(() => database?.drop());

  const follow = () => {
    const file = parseConfiguration(JSON.stringify({ Settings: { CustomerGroupAlwaysGroups: ['staff'] } }), 'ours.json');
    return new FollowedConfiguration(file, (signal) => readHelpdeskSettings(database.connection, signal));
  };

  it('are the defaults where there are no such tables', async () => {
    const configuration = follow();
    await configuration.refresh();

    expect(configuration.settings).toMatchObject({ CustomerGroupSupport: false, CustomerGroupAlwaysGroups: ['staff'] });
  });

  it('follow the helpdesk, under what our file says, and stay as they were when the tables cannot be read', async () => {
    await makeTables(database);
    await store(database, [{ name: 'CustomerGroupSupport', value: "--- '1'\n" }, { name: 'CustomerGroupAlwaysGroups', value: '---\n- users\n' }]);
    const configuration = follow();
    await configuration.refresh();
    const first = configuration.settings;
    await database.connection.execute("UPDATE sysconfig_default SET effective_value = '--- 0\\n' WHERE name = 'CustomerGroupSupport'");
    await configuration.refresh();
    const second = configuration.settings;

    await database.connection.execute('ALTER TABLE sysconfig_modified DROP COLUMN user_id');
    await configuration.refresh();

    expect(first).toMatchObject({ CustomerGroupSupport: true, CustomerGroupAlwaysGroups: ['staff'] });
    expect(second).toMatchObject({ CustomerGroupSupport: false, CustomerGroupAlwaysGroups: ['staff'] });
    expect(configuration.settings).toBe(second);
  });
});
