import { join } from 'node:path';
import { aCustomerUserBlock, mapWith } from '../../testing/blocks.js';
import { ConfigurationError } from './configuration-error.js';
import { loadConfiguration, parseConfiguration } from './configuration.js';

const databaseOnly = join(process.cwd(), 'server/testing/configurations/database-only.yaml');

describe('The configuration', () => {
  it("is the helpdesk's own where there is no file, with 1,000 hits offered", async () => {
    const configuration = await loadConfiguration(null);

    const [customerUsers, ...noMoreUsers] = configuration.customerUserBlocks;
    const [customers, ...noMoreCustomers] = configuration.customerBlocks;
    expect(customerUsers).toMatchObject({
      id: 'CustomerUser', title: 'Database Backend', module: 'Kernel::System::CustomerUser::DB', params: { Table: 'customer_user' },
      keyColumn: 'login', customerIdColumn: 'customer_id', validColumn: 'valid_id', listLimit: 1000, searchPrefix: '*', searchSuffix: '*',
      searchColumns: ['login', 'first_name', 'last_name', 'customer_id'], mailColumns: ['email'], uniqueEmail: true, customerSupport: true,
    });
    expect(customerUsers?.map).toHaveLength(16);
    expect(customers).toMatchObject({ id: 'CustomerCompany', keyColumn: 'customer_id', validColumn: 'valid_id', listLimit: 1000 });
    expect(customers?.map).toHaveLength(9);
    expect([...noMoreUsers, ...noMoreCustomers, ...configuration.warnings]).toEqual([]);
    expect(configuration.settings).toMatchObject({
      CheckEmailAddresses: true, CheckMXRecord: false, CheckMXRecordTimeout: 3, bcryptCost: 12, CustomerGroupSupport: false,
    });
    expect(configuration.settings.CheckEmailValidAddress.test('ROOT@localhost')).toBe(true);
    expect(configuration.settings.CheckEmailInvalidAddress.test('anna@Example.com')).toBe(true);
  });

  it("reads an operator's file with the room", async () => {
    const { customerUserBlocks: [block], settings, warnings } = await loadConfiguration(databaseOnly);

    expect(block).toMatchObject({
      searchColumns: ['login', 'first_name', 'last_name', 'customer_id', 'email'], searchPrefix: '', searchSuffix: '*',
      listLimit: 1000, cacheTtl: 86_400, nameColumns: ['title', 'first_name', 'last_name'], nameJoin: ' ', loginPrefix: null,
      selections: { UserTitle: [{ value: 'Mr.', label: 'Mr.' }, { value: 'Mrs.', label: 'Mrs.' }] },
    });
    expect(block?.map[8]).toEqual({
      row: 9, variable: 'UserRoom', label: 'Habitación', storage: 'room', shown: 0, isRequired: true, type: 'text', link: null, isReadOnly: false,
    });
    expect(settings.CustomerGroupSupport).toBe(true);
    expect(settings.others).toHaveProperty('DynamicFieldFromCustomerUser::Mapping');
    expect(warnings).toEqual([]);
  });

  it('keeps the helpdesk\'s default for the kind that the file does not mention', async () => {
    const { customerBlocks } = await loadConfiguration(databaseOnly);

    expect(customerBlocks.map(({ id }) => id)).toEqual(['CustomerCompany']);
  });

  it('uses blocks in the order of their numbers, with gaps (TC1), and names the nameless (TC2)', () => {
    const block = { Module: 'm', CustomerKey: 'login', CustomerID: 'customer_id', Map: [['UserLogin', 'Username', 'login']] };

    const { customerUserBlocks } = parseConfiguration(
      JSON.stringify({ CustomerUser10: block, CustomerUser5: { ...block, Name: 'Five' }, CustomerUser: { ...block, Name: 'First' } }),
      'test.json',
    );

    expect(customerUserBlocks.map(({ id, title }) => [id, title])).toEqual([
      ['CustomerUser', 'First'], ['CustomerUser5', 'Five'], ['CustomerUser10', 'No Name 3'],
    ]);
  });

  it('takes 0 and 1, true and false, and what is left out as the helpdesk does', () => {
    const block = aCustomerUserBlock({
      ReadOnly: true, CustomerCompanySupport: '0', CustomerUserEmailUniqCheck: null, AutoLoginCreation: 1, CustomerUserSearchListLimit: 0,
      CustomerUserNameFieldsJoin: '', Map: [['UserLogin', '', 'login', 2, '1', 'INT'], ['UserEmail', 'Mail', 'mail']], CacheTTL: '60',
    });

    expect(block).toMatchObject({
      isReadOnly: true, customerSupport: false, uniqueEmail: false, loginPrefix: 'auto', listLimit: 1000, nameJoin: '', cacheTtl: 60,
    });
    expect(block.map).toMatchObject([
      { row: 1, label: 'UserLogin', shown: 2, isRequired: true, type: 'integer', isReadOnly: false },
      { row: 2, shown: 0, isRequired: false, type: 'text' },
    ]);
  });

  it('offers 1,000 hits where a list limit is 0 (TC6, ours) or missing for customers (TC8, ours), and 200 of a directory (TC7)', () => {
    const { customerUserBlocks, customerBlocks } = parseConfiguration(
      JSON.stringify({
        CustomerUser: { Module: 'Kernel::System::CustomerUser::DB', CustomerKey: 'l', CustomerID: 'c', Map: mapWith(), CustomerUserSearchListLimit: 0 },
        CustomerUser1: { Module: 'Kernel::System::CustomerUser::LDAP', CustomerKey: 'l', CustomerID: 'c', Map: mapWith(), CustomerUserSearchListLimit: 0 },
        CustomerCompany: { CustomerCompanyKey: 'c', Map: [['CustomerID', 'CustomerID', 'c']] },
      }),
      'test.json',
    );

    expect([...customerUserBlocks, ...customerBlocks].map(({ listLimit }) => listLimit)).toEqual([1000, 200, 1000]);
  });

  it.each([undefined, 1, 0])('takes AdminSetPreferences %j without a word: preferences are no part of this product (TC9, ours)', (given) => {
    const block = { Module: 'm', CustomerKey: 'l', CustomerID: 'c', Map: mapWith(), ...(given === undefined ? {} : { AdminSetPreferences: given }) };

    const { customerUserBlocks: [read], warnings } = parseConfiguration(JSON.stringify({ CustomerUser: block }), 'test.json');

    expect(read).toEqual(aCustomerUserBlockOf(block));
    expect(warnings).toEqual([]);
  });

  it('says everything that is wrong at once: block, place, row number', () => {
    const text = JSON.stringify({
      CustomerUser: { Module: 'm', CustomerKey: 'login', CustomerID: 7, ReadOnly: 'maybe', Map: [['UserLogin', 'L', 'login'], ['UserRoom'], 'x', ['UserFax', 'Fax', 'fax', 5]] },
      CustomerUser2: { CustomerKey: 'login', CustomerID: 'customer_id' },
      CustomerCompany3: 'customer_company',
      Settings: { CheckEmailInvalidAddress: '(', CheckMXRecord: 'often' },
    });

    expect(faultsOf(text)).toEqual([
      'CustomerUser, Map row 2: has 1 elements, at least variable, label and storage are needed',
      'CustomerUser, Map row 3: expected a list of ten elements',
      'CustomerUser, Map row 4: element 4 (shown) of UserFax must be 0, 1 or 2',
      'CustomerUser, ReadOnly: expected 0 or 1',
      'CustomerUser2, Map: is missing',
      'CustomerUser2, Module: is missing',
      'CustomerCompany3: expected keys with values',
      'Settings, CheckMXRecord: expected 0 or 1',
      'Settings, CheckEmailInvalidAddress: is not a regular expression that can be read here',
    ]);
  });

  it('has the permission types, contexts and checks that the helpdesk has, where the file says nothing of them', async () => {
    const { settings } = await loadConfiguration(null);

    expect(settings).toMatchObject({
      permissionKeys: ['ro', 'rw'],
      permissionContexts: [{ context: 'Ticket::CustomerID::Same', name: 'Same Customer', kind: 'same' }],
      isServiceOn: false, defaultServicesForUnknown: false, keepServiceChildren: false, isCompanyTicketAccessDisabled: false,
    });
    expect(settings.ticketPermissions.map(({ check, isRequired, isGranting }) => [check, isRequired, isGranting])).toEqual([
      ['GroupCheck', true, false], ['CustomerUserIDCheck', false, true], ['CustomerIDCheck', false, true], ['CustomerGroupCheck', false, true],
    ]);
  });

  it('puts rw last, switches the second context on, and single checks off', () => {
    const { settings } = parseConfiguration(
      JSON.stringify({
        Settings: {
          'System::Customer::Permission': ['rw', 'create', 'ro', 'ro'],
          CustomerGroupPermissionContext: { '100-CustomerID-other': { Value: 'Ticket::CustomerID::Other', Name: 'Other Customers' } },
          'CustomerTicket::Permission': { '3-CustomerIDCheck': null, '5-Own': { Module: 'Own::Check', Granted: 1 } },
          'Ticket::Service': 1, 'Ticket::Frontend::CustomerDisableCompanyTicketAccess': 1,
        },
      }),
      'test.json',
    );

    expect(settings).toMatchObject({ permissionKeys: ['create', 'ro', 'rw'], isServiceOn: true, isCompanyTicketAccessDisabled: true });
    expect(settings.permissionContexts.map(({ context, kind }) => [kind, context])).toEqual([
      ['same', 'Ticket::CustomerID::Same'], ['other', 'Ticket::CustomerID::Other'],
    ]);
    expect(settings.ticketPermissions.map(({ name, check }) => [name, check])).toEqual([
      ['1-GroupCheck', 'GroupCheck'], ['2-CustomerUserIDCheck', 'CustomerUserIDCheck'], ['4-CustomerGroupCheck', 'CustomerGroupCheck'], ['5-Own', null],
    ]);
  });

  it('never fails on a key it does not know, and says that it has no effect', () => {
    const { warnings } = parseConfiguration(
      JSON.stringify({
        CustomerUser: { Module: 'm', CustomerKey: 'login', CustomerID: 'c', Map: mapWith(), GUID: 'x', AdminSetPreferences: 0 },
        CustomerUsr: {}, Settings: { 'Ticket::Service': 1, Colour: 'blue' },
      }),
      'test.json',
    );

    expect(warnings).toEqual([
      'CustomerUser, GUID: is not a key that is known here; it has no effect',
      'Settings, Colour: is not a setting that is known here; it has no effect',
      'CustomerUsr: is not a block that is known here; it has no effect',
    ]);
  });

  it('names file, line and column of what is not YAML, and quotes nothing of it', () => {
    const error = errorOf('CustomerUser:\n  Params: {Password: *hunter2 x}\n   Table: [');

    expect(error.message).toContain('test.yaml');
    expect(error.message).toMatch(/line \d+, column \d+/);
    expect(error.message).not.toContain('hunter2');
  });

  it('refuses an alias that leads nowhere without quoting it', () => {
    expect(errorOf('CustomerUser: *hunter2').message).not.toContain('hunter2');
  });

  it('says that a file cannot be read', async () => {
    await expect(loadConfiguration('/nowhere/clientele.yaml')).rejects.toThrow(/nowhere\/clientele\.yaml(.|\n)*ENOENT/);
  });

  it('holds the bcrypt cost within what the helpdesk accepts', () => {
    const costOf = (cost: number) => parseConfiguration(JSON.stringify({ Settings: { 'Customer::AuthModule::DB::bcryptCost': cost } }), 't').settings.bcryptCost;

    expect([costOf(4), costOf(10), costOf(99)]).toEqual([9, 10, 31]);
  });
});

/** The same without the key. */
function aCustomerUserBlockOf({ AdminSetPreferences: _, ...block }: Readonly<Record<string, unknown>>) {
  return parseConfiguration(JSON.stringify({ CustomerUser: block }), 'test.json').customerUserBlocks[0];
}

function errorOf(text: string): ConfigurationError {
  try {
    parseConfiguration(text, 'test.yaml');
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error('nothing was wrong');
}

function faultsOf(text: string): readonly string[] {
  return errorOf(text).faults;
}
