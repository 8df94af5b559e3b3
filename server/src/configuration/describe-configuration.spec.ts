import { join } from 'node:path';
import { stringify } from 'yaml';
import { loadConfiguration, parseConfiguration } from './configuration.js';
import { describeConfiguration, hiddenSecret } from './describe-configuration.js';

const testFile = (name: string): string => join(process.cwd(), 'server/testing/config-pm', name);

describe('The effective configuration as it is shown', () => {
  it.each([['the defaults', null], ['a file of one database', testFile('database-only.pm')]])('can be read again and is the same: %s', async (_, path) => {
    const { customerUserBlocks, customerBlocks, settings } = await loadConfiguration(path);

    const shown = stringify(describeConfiguration(await loadConfiguration(path)));
    const read = parseConfiguration(shown, 'shown.yaml');

    expect(read).toMatchObject({ customerUserBlocks, customerBlocks, settings });
    expect(read.warnings).toEqual([]);
  });

  it('holds no secret, wherever it stands', async () => {
    const shown = stringify(describeConfiguration(await loadConfiguration(testFile('database-and-ldap.pm'))));

    expect(shown).not.toMatch(/with-quotes|also-not-real/);
    expect(shown).toContain(`UserPw: ${hiddenSecret}`);
    expect(shown).toContain(`Password: ${hiddenSecret}`);
    expect(shown).toContain('UserDN: cn=admin,dc=example,dc=net');
  });

  it('holds no secret that is part of something else', () => {
    const block = { Module: 'database', CustomerKey: 'l', CustomerID: 'c', Map: [['UserLogin', 'L', 'l']] };
    const configuration = parseConfiguration(
      JSON.stringify({
        CustomerUser: { ...block, Params: { Table: 't', DSN: 'DBI:Pg:dbname=x;user=u;password=hunter2' } },
        CustomerUser1: { ...block, Params: { Table: 't', Url: 'postgres://u:hunter2@db/x', Options: { BindSecret: 'hunter2', list: ['password=hunter2'] } } },
        Settings: { 'Customer::AuthModule::LDAP::SearchUserPw': 'hunter2', 'Customer::AuthModule::DB::CustomerPassword': 'pw' },
      }),
      'test.json',
    );

    const shown = stringify(describeConfiguration(configuration));

    expect(shown).not.toContain('hunter2');
    expect(shown).toContain('Customer::AuthModule::DB::CustomerPassword: pw');
  });
});
