import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfigPm } from './read-config-pm.js';
import { toConfiguration, type ImportedConfiguration } from './to-configuration.js';

const defaults = {
  CustomerUser: { Name: 'Database Backend', Params: { Table: 'customer_user' }, Map: [['UserLogin', 'Username', 'login']] },
  CustomerCompany: { Name: 'Database Backend', Map: [['CustomerID', 'CustomerID', 'customer_id']] },
};

const convert = (text: string): ImportedConfiguration => toConfiguration(readConfigPm(text, defaults), defaults);
const convertFile = (name: string): ImportedConfiguration => convert(readFileSync(join(__dirname, '../../testing/config-pm', name), 'utf8'));
const convertBody = (body: string): ImportedConfiguration => convert(`sub Load {\nmy $Self = shift;\n${body}\nreturn 1;\n}\n1;`);

describe('a Config.pm becomes a file of ours', () => {
  it('with its blocks and the settings that matter, and its database apart', () => {
    const { file, databaseUrl, ignoredBlocks } = convertFile('database-only.pm');

    expect(Object.keys(file)).toEqual(['CustomerUser', 'Settings']);
    expect(file).toMatchObject({
      CustomerUser: { Name: 'Database Backend', CustomerUserSearchListLimit: 1000, Selections: { UserTitle: { 'Mr.': 'Mr.' } } },
      Settings: {
        CustomerGroupSupport: 1,
        CustomerGroupAlwaysGroups: ['users'],
        'DynamicFieldFromCustomerUser::Mapping': { UserRoom: 'CustomerRoom' },
        'Ticket::EventModulePost': { '4100-DynamicFieldFromCustomerUser': { Event: '(TicketCreate|TicketCustomerUpdate)' } },
      },
    });
    expect(databaseUrl).toBe('mysql://helpdesk:not-a-real-password@127.0.0.1/helpdesk');
    expect(JSON.stringify(file)).not.toContain('not-a-real-password');
    expect(ignoredBlocks).toEqual([]);
  });

  it('with gaps between the numbers, in the order of precedence (TC1)', () => {
    const { file, databaseUrl } = convertFile('database-and-ldap.pm');

    expect(Object.keys(file)).toEqual(['CustomerUser', 'CustomerUser2', 'CustomerUser10']);
    expect(file).toHaveProperty('CustomerUser2.Params.UserPw', 'it\'s-a-"secret"-\\-with-quotes');
    expect(databaseUrl).toBeNull();
  });

  it('without the eleventh block, which is told (fault 17)', () => {
    const { file, ignoredBlocks } = convertFile('not-readable.pm');

    expect(Object.keys(file)).toEqual(['CustomerUser']);
    expect(ignoredBlocks).toEqual([{ name: 'CustomerUser11', place: { line: 25, column: 31 } }]);
  });

  it('without the rows that cannot be read, and with the others in their places', () => {
    const { file, placeOf } = convertBody(
      `$Self->{CustomerUser} = { Map => [\n[ 'UserLogin', 'Username', 'login' ],\n[ name(), 'Room', 'room' ],\n[ 'UserRoom', label(), 'room', 1 ],\n[ 'UserFax', 'Fax', column() ],\n] };`,
    );

    expect(file).toEqual({ CustomerUser: { Map: [['UserLogin', 'Username', 'login'], ['UserRoom', null, 'room', 1]] } });
    expect([placeOf(['CustomerUser'])?.line, placeOf(['CustomerUser', 'Map', 0])?.line, placeOf(['CustomerUser', 'Map', 1])?.line]).toEqual([3, 4, 6]);
    expect(placeOf(['CustomerUser', 'CacheTTL'])?.line).toBe(3);
    expect(placeOf(['CustomerUser3'])).toBeNull();
  });

  it("with the helpdesk's default block where the file changes it", () => {
    const { file } = convertBody(`push @{ $Self->{CustomerUser}->{Map} }, [ 'UserRoom', 'Room', 'room' ];`);

    expect(file).toEqual({ CustomerUser: { ...defaults.CustomerUser, Map: [['UserLogin', 'Username', 'login'], ['UserRoom', 'Room', 'room']] } });
  });

  it("with the helpdesk's default block where the file adds others beside it", () => {
    expect(Object.keys(convertBody(`$Self->{CustomerUser3} = { Name => 'x' };`).file)).toEqual(['CustomerUser', 'CustomerUser3']);
  });

  it('and says nothing of what it says nothing of', () => {
    expect(convertBody(`$Self->{Home} = '/opt/otobo'; $Self->{'SystemID'} = 10;`)).toMatchObject({ file: {}, databaseUrl: null });
  });

  it('without a block that was taken away', () => {
    expect(convertBody(`delete $Self->{CustomerUser}; $Self->{CustomerCompany} = undef; $Self->{CustomerUser1} = { Name => 'x' };`).file).toEqual({ CustomerUser1: { Name: 'x' } });
  });

  it.each([
    [`$Self->{DatabaseDSN} = 'DBI:Pg:dbname=otobo;host=db;port=5433'; $Self->{DatabaseUser} = 'o'; $Self->{DatabasePw} = 'a@b/c';`, 'postgres://o:a%40b%2Fc@db:5433/otobo'],
    [`$Self->{DatabaseDSN} = 'DBI:Oracle:sid=x'; $Self->{DatabaseUser} = 'o';`, null],
    [`$Self->{DatabaseHost} = 'db'; $Self->{Database} = 'otobo';`, null],
    [`$Self->{DatabaseDSN} = "DBI:mysql:database=x;host=$ENV{DB};";`, null],
    [`$Self->{DatabaseDSN} = 'DBI:mysql:database=x'; $Self->{DatabaseUser} = 'o'; $Self->{DatabasePw} = $ENV{PW};`, null],
  ])('%s gives the address %s', (body, url) => {
    expect(convertBody(body).databaseUrl).toBe(url);
  });

  it('with settings of a numbered source, and never with the secrets of sign-in', () => {
    const { file } = convertBody(`$Self->{'Customer::AuthModule::DB::CryptType2'} = 'bcrypt'; $Self->{'Customer::AuthModule2'} = 'x'; $Self->{'Customer::AuthModule::LDAP::SearchUserPw'} = 's'; $Self->{'Customer::AuthModule::DB::Password'} = 's';`);

    expect(file).toEqual({ Settings: { 'Customer::AuthModule::DB::CryptType2': 'bcrypt', 'Customer::AuthModule2': 'x' } });
  });
});
