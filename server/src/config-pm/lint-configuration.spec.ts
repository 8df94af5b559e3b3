import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultCustomerCompanyBlock, defaultCustomerUserBlock } from '../configuration/default-blocks.js';
import { lintConfiguration } from './lint-configuration.js';
import { describeFinding, lintMessages, type LintCode } from './lint-messages.js';
import type { Finding } from './lint-report.js';
import { readConfigPm } from './read-config-pm.js';
import { unreadCodes } from './perl-token.js';
import { toConfiguration } from './to-configuration.js';

const defaults = { CustomerUser: defaultCustomerUserBlock, CustomerCompany: defaultCustomerCompanyBlock };

const rows: unknown[][] = [
  ['UserFirstname', 'Firstname', 'first_name', 1, 1, 'var', '', 0],
  ['UserLogin', 'Username', 'login', 1, 1, 'var', '', 0],
  ['UserPassword', 'Password', 'pw', 0, 0, 'var', '', 0],
  ['UserEmail', 'Email', 'email', 1, 1, 'var', 'mailto:[% Data.UserEmail %]', 0],
  ['UserCustomerID', 'CustomerID', 'customer_id', 0, 1, 'var', '', 0],
  ['ValidID', 'Valid', 'valid_id', 0, 1, 'int', '', 0],
];
/** Nothing can be said against it. */
const people = {
  Name: 'People', Module: 'Kernel::System::CustomerUser::DB', Params: { Table: 'customer_user' },
  CustomerKey: 'login', CustomerID: 'customer_id', CustomerValid: 'valid_id',
  CustomerUserListFields: ['first_name', 'email'], CustomerUserSearchFields: ['login', 'email'], CustomerUserPostMasterSearchFields: ['email'],
  CustomerUserNameFields: ['first_name'], CustomerUserSearchPrefix: '', CustomerUserSearchSuffix: '*', CustomerUserEmailUniqCheck: 1, CacheTTL: 300, Map: rows,
};
const directory = {
  ...people,
  Name: 'Directory', Module: 'Kernel::System::CustomerUser::LDAP', CustomerUserEmailUniqCheck: 0, CustomerValid: undefined,
  Params: { Host: 'ldaps://ldap.example.net', BaseDN: 'ou=people,dc=example,dc=net', SSCOPE: 'sub', AlwaysFilter: '(objectClass=person)' },
  Map: rows.filter(([variable]) => variable !== 'UserPassword').map((row) => [...row.slice(0, 7), 1]).map((row) => (row[4] === 1 ? [...row.slice(0, 4), 1, ...row.slice(5, 7), 0] : row)),
};
const signIn = { 'Customer::AuthModule1': 'Kernel::System::CustomerAuth::LDAP' };

function lint(content: Record<string, unknown>): readonly Finding[] {
  return lintConfiguration({ file: 'test.yaml', content, defaults, placeOf: () => null });
}
const withPeople = (change: Record<string, unknown>): Record<string, unknown> => ({ CustomerUser: { ...people, ...change } });
const withParams = (change: Record<string, unknown>): Record<string, unknown> => withPeople({ Params: { ...people.Params, ...change } });
const withRows = (...more: unknown[]): Record<string, unknown> => withPeople({ Map: [...rows, ...more] });
const withRow = (variable: string, index: number, element: unknown): Record<string, unknown> =>
  withPeople({ Map: rows.map((row) => (row[0] === variable ? row.with(index, element) : row)) });
const withDirectory = (change: Record<string, unknown>, params: Record<string, unknown> = {}): Record<string, unknown> => ({
  CustomerUser: { ...directory, ...change, Params: { ...directory.Params, ...params } }, Settings: signIn,
});
const withSettings = (settings: Record<string, unknown>): Record<string, unknown> => ({ CustomerUser: people, Settings: settings });
const without = (block: Record<string, unknown>, key: string): Record<string, unknown> => Object.fromEntries(Object.entries(block).filter(([name]) => name !== key));

/** Each check with the smallest configuration that it speaks up about, and what it says. */
const cases: readonly [LintCode, Record<string, unknown>, Record<string, unknown>?][] = [
  ['source-ignored', { CustomerUser: people, CustomerUser11: people }, { block: 'CustomerUser11' }],
  ['source-ignored', { CustomerUser: people, CustomerCompany01: {} }, { block: 'CustomerCompany01' }],
  ['source-gap', { CustomerUser: people, CustomerUser3: { ...people, Name: 'Others', Params: { Table: 'others' } } }, { block: 'CustomerUser3', free: '1, 2' }],
  ['block-malformed', { CustomerUser: 'customer_user' }],
  ['key-unknown', withPeople({ CustomerUserListField: [] }), { key: 'CustomerUserListField', hint: ' Is CustomerUserListFields meant?' }],
  ['key-unknown', withPeople({ GUID: 'x' }), { key: 'GUID', hint: '' }],
  ['key-missing', { CustomerUser: without(people, 'Module') }, { key: 'Module' }],
  ['key-missing', { CustomerUser: without(people, 'CustomerKey') }, { key: 'CustomerKey' }],
  ['key-missing', { CustomerUser: without(people, 'Map') }, { key: 'Map' }],
  ['key-missing', withPeople({ Params: {} }), { key: 'Params.Table' }],
  ['key-missing', withDirectory({}, { Host: null }), { key: 'Params.Host' }],
  ['key-old-name', { CustomerUser: { ...without(people, 'CustomerKey'), Key: 'login' } }, { key: 'Key' }],
  ['key-old-name', withParams({ CaseSensitive: 1 }), { key: 'Params.CaseSensitive' }],
  ['value-type', withPeople({ ReadOnly: 'yes' }), { key: 'ReadOnly', expected: '0 or 1' }],
  ['value-type', withPeople({ CacheTTL: 'a day' }), { key: 'CacheTTL' }],
  ['value-type', withPeople({ CustomerUserNameFields: 'first_name' }), { key: 'CustomerUserNameFields' }],
  ['value-type', withParams({ Table: ['customer_user'] }), { key: 'Params.Table' }],
  ['value-type', withDirectory({}, { Params: { port: 'ldap' } }), { key: 'Params.Params.port' }],
  ['module-unknown', withPeople({ Module: 'Kernel::System::CustomerUser::Radius' }), { module: 'Kernel::System::CustomerUser::Radius' }],
  ['module-unknown', { CustomerCompany: { ...defaultCustomerCompanyBlock, Module: 'ldap' } }],
  ['name-missing', { CustomerUser: without(people, 'Name') }],
  ['name-duplicate', { CustomerUser: people, CustomerUser1: { ...people, Params: { Table: 'others' } } }, { block: 'CustomerUser1', other: 'CustomerUser' }],
  ['source-duplicate', { CustomerUser: people, CustomerUser1: { ...people, Name: 'Again' } }, { block: 'CustomerUser1', other: 'CustomerUser' }],
  ['map-row-malformed', withRows(['UserRoom']), { row: 7 }],
  ['map-row-malformed', withRows(['UserRoom', 'Room', 'room', 3]), { reason: 'its fourth element, shown, must be 0, 1 or 2' }],
  ['map-row-malformed', withRows(['', 'Room', 'room']), { reason: 'its first element, the variable, is empty' }],
  ['map-variable-duplicate', withRows(['UserEmail', 'Mail', 'mail']), { variable: 'UserEmail', row: 7, other: 4 }],
  ['map-variable-missing', withPeople({ Map: rows.filter(([variable]) => variable !== 'UserLogin') }), { variable: 'UserLogin' }],
  ['map-variable-missing', withPeople({ Map: rows.filter(([variable]) => variable !== 'UserEmail') }), { variable: 'UserEmail' }],
  ['map-variable-missing', withPeople({ Map: rows.filter(([variable]) => variable !== 'UserCustomerID') }), { variable: 'UserCustomerID' }],
  ['map-key-unmapped', withPeople({ CustomerKey: 'username' }), { column: 'username', variable: 'UserLogin' }],
  ['map-key-mismatch', withPeople({ CustomerKey: 'email' }), { mapped: 'login', column: 'email' }],
  ['map-key-mismatch', withPeople({ CustomerID: 'company' }), { variable: 'UserCustomerID', column: 'company' }],
  ['map-storage-malformed', withRows(['UserPw2', 'x', 'pw FROM customer_user; --']), { reason: 'it holds white space' }],
  ['map-storage-malformed', withParams({ Table: 'customer_user;drop' }), { place: 'Params.Table', reason: 'it holds the character ;' }],
  ['map-storage-malformed', withPeople({ CustomerValid: 'valid_id)' }), { place: 'CustomerValid' }],
  ['map-storage-malformed', withDirectory({ CustomerUserSearchFields: ['uid)(cn=*'] }), { place: 'A name in CustomerUserSearchFields' }],
  ['map-storage-shared', withRows(['UserNick', 'Nick', 'login']), { row: 7, other: 2, column: 'login' }],
  ['map-type-unknown', withRow('UserFirstname', 5, 'varchar'), { type: 'varchar' }],
  ['map-required-read-only', withRow('UserFirstname', 7, 1), { variable: 'UserFirstname' }],
  ['map-key-optional', withRow('UserEmail', 4, 0), { variable: 'UserEmail' }],
  ['map-password-shown', withRow('UserPassword', 3, 1), { row: 3 }],
  ['map-link-unsafe', withRow('UserFirstname', 6, ' JavaScript:alert(1)'), { scheme: 'javascript' }],
  ['map-dynamic-field-name', withRows(['UserTier', 'Tier', 'Tier', 1, 0, 'dynamic_field']), { expected: 'DynamicField_Tier' }],
  ['map-validity-missing', withPeople({ Map: rows.filter(([variable]) => variable !== 'ValidID') }), { column: 'valid_id' }],
  ['map-validity-unused', { CustomerUser: without(people, 'CustomerValid') }, { key: 'CustomerValid', column: 'valid_id' }],
  ['map-validity-text', withRow('ValidID', 5, 'var'), { type: 'var' }],
  ['list-missing', { CustomerUser: without(people, 'CustomerUserSearchFields') }, { key: 'CustomerUserSearchFields' }],
  ['list-missing', withPeople({ CustomerUserPostMasterSearchFields: [] }), { key: 'CustomerUserPostMasterSearchFields' }],
  ['list-email-not-last', withPeople({ CustomerUserListFields: ['email', 'first_name'] }), { column: 'email' }],
  ['list-variable', withPeople({ CustomerUserSearchFields: ['UserLogin'] }), { variable: 'UserLogin', column: 'login' }],
  ['list-field-unmapped', withPeople({ CustomerUserSearchFields: ['login', 'room'] }), { key: 'CustomerUserSearchFields', column: 'room' }],
  ['list-field-unmapped', withPeople({ CustomerUserNameFields: ['nick'] }), { key: 'CustomerUserNameFields', column: 'nick' }],
  ['list-field-duplicate', withPeople({ CustomerUserSearchFields: ['login', 'login'] }), { column: 'login' }],
  ['list-password', withPeople({ CustomerUserSearchFields: ['login', 'pw'] }), { column: 'pw' }],
  ['sender-not-by-email', withPeople({ CustomerUserPostMasterSearchFields: ['login'] }), { column: 'email' }],
  ['search-prefix-star', withPeople({ CustomerUserSearchPrefix: '*' })],
  ['search-suffix-none', withPeople({ CustomerUserSearchSuffix: '' })],
  ['list-limit-zero', withPeople({ CustomerUserSearchListLimit: 0 }), { hostLimit: 250 }],
  ['list-limit-zero', withDirectory({ CustomerUserSearchListLimit: '0' }), { hostLimit: 200 }],
  ['list-limit-large', withPeople({ CustomerUserSearchListLimit: 50_000 }), { limit: 50_000 }],
  ['selection-unmapped', withPeople({ Selections: { UserTitle: { 'Mr.': 'Mr.' } } }), { variable: 'UserTitle' }],
  ['selection-empty', withPeople({ Selections: { UserFirstname: {} } }), { variable: 'UserFirstname' }],
  ['cache-off-directory', withDirectory({ CacheTTL: 0 })],
  ['cache-off-directory', { CustomerUser: without(directory, 'CacheTTL'), Settings: signIn }],
  ['cache-long', withPeople({ CacheTTL: 60 * 86_400 }), { days: 60 }],
  ['read-only-setting', withPeople({ ReadOnly: 1, AutoLoginCreation: 1 }), { key: 'AutoLoginCreation' }],
  ['customers-default', withPeople({ CustomerCompanySupport: 1 }), { block: 'CustomerUser' }],
  ['email-unique-off', withPeople({ CustomerUserEmailUniqCheck: 0 })],
  ['dsn-unknown', withParams({ DSN: 'DBI:Oracle:sid=x', User: 'u' })],
  ['dsn-without-user', withParams({ DSN: 'DBI:Pg:dbname=crm', ForeignDB: 1 })],
  ['dsn-needs-audit-columns', withParams({ DSN: 'DBI:Pg:dbname=crm', User: 'u' })],
  ['secret-in-clear', withParams({ Password: 'hunter2' }), { key: 'Params.Password' }],
  ['secret-in-clear', withParams({ DSN: 'DBI:Pg:dbname=crm;user=u;password=hunter2' }), { key: 'Params.DSN' }],
  ['secret-in-clear', withParams({ Url: 'postgres://u:hunter2@db/crm' }), { key: 'Params.Url' }],
  ['ldap-plain-password', withDirectory({}, { Host: 'ldap://ldap.example.net', UserDN: 'cn=a,dc=b', UserPw: 'hunter2' }), { host: 'ldap://ldap.example.net' }],
  ['ldap-plain-password', withDirectory({}, { Host: ['ldap.example.net'], UserDN: 'cn=a,dc=b', UserPw: 'hunter2' }), { host: 'ldap.example.net' }],
  ['ldap-plain-password-local', withDirectory({}, { Host: 'ldap://127.0.0.1:389', UserDN: 'cn=a,dc=b', UserPw: 'hunter2' })],
  ['ldap-half-credentials', withDirectory({}, { UserDN: 'cn=a,dc=b' })],
  ['ldap-filter-malformed', withDirectory({}, { AlwaysFilter: '(objectClass=*' }), { key: 'Params.AlwaysFilter', position: 1 }],
  ['ldap-filter-malformed', withDirectory({ CustomerUserValidFilter: '(a=b))' }), { key: 'CustomerUserValidFilter', position: 6 }],
  ['ldap-scope-unknown', withDirectory({}, { SSCOPE: 'subtree' }), { scope: 'subtree' }],
  ['ldap-base-empty', withDirectory({}, { BaseDN: '' })],
  ['ldap-dn-malformed', withDirectory({}, { BaseDN: 'example.net' }), { key: 'Params.BaseDN' }],
  ['ldap-charset-unknown', withDirectory({}, { SourceCharset: 'klingon' }), { charset: 'klingon' }],
  ['ldap-unverified', withDirectory({}, { UnverifiedTLSReason: 'a test of ours' })],
  ['ldap-version-old', withDirectory({}, { Params: { version: 2 } }), { version: 2 }],
  ['ldap-port-mismatch', withDirectory({}, { Params: { port: 389 } }), { port: 389 }],
  ['ldap-attribute-upper-case', withDirectory({ Map: [...directory.Map, ['UserPhone', 'Phone', 'telephoneNumber', 1, 0, 'var', '', 1]] }), { lower: 'telephonenumber' }],
  ['ldap-password-mapped', withDirectory({ Map: rows })],
  ['ldap-row-writable', withDirectory({}), { rows: 5 }],
  ['sign-in-missing', { CustomerUser: directory }, { block: 'CustomerUser' }],
  ['password-type-weak', withSettings({ 'Customer::AuthModule::DB::CryptType': 'md5' }), { type: 'md5' }],
  ['password-type-weak', withSettings({ 'Customer::AuthModule::DB::CryptType1': 'crypt' }), { type: 'crypt' }],
  ['bcrypt-cost-range', withSettings({ 'Customer::AuthModule::DB::bcryptCost': 4 }), { taken: 9 }],
  ['groups-off', withSettings({ CustomerGroupAlwaysGroups: ['users'] }), { key: 'CustomerGroupAlwaysGroups' }],
  ['permission-rw-not-last', withSettings({ 'System::Customer::Permission': ['rw', 'ro'] })],
  ['mapping-variable-unmapped', withSettings({ 'DynamicFieldFromCustomerUser::Mapping': { UserRoom: 'CustomerRoom' } }), { variable: 'UserRoom', field: 'CustomerRoom' }],
  ['mapping-off', withSettings({ 'DynamicFieldFromCustomerUser::Mapping': { UserFirstname: 'Name' } }), { module: '4100-DynamicFieldFromCustomerUser' }],
  ['mapping-field-twice', withSettings({ 'DynamicFieldFromCustomerUser::Mapping': { UserFirstname: 'Name', UserLogin: 'Name' } }), { variable: 'UserLogin', other: 'UserFirstname' }],
  ['pattern-unreadable', withSettings({ CheckEmailInvalidAddress: '(?<' }), { key: 'CheckEmailInvalidAddress' }],
  ['setting-type', withSettings({ CustomerGroupSupport: 'on' }), { key: 'CustomerGroupSupport' }],
  ['setting-unknown', withSettings({ CustomerGroupSuport: 1 }), { key: 'CustomerGroupSuport' }],
  ['top-level-unknown', { CustomerUser: people, CustomerUsr: {} }, { key: 'CustomerUsr' }],
];

describe('the linter', () => {
  it('has nothing against a sound configuration', () => {
    expect(lint({ CustomerUser: people })).toEqual([]);
    expect(lint({ CustomerUser: directory, Settings: signIn }).map(({ code }) => code)).toEqual(['ldap-row-writable']);
  });

  it("has no more against the helpdesk's defaults than that they search slowly", () => {
    expect(new Set(lint(defaults).map(({ code }) => code))).toEqual(new Set(['search-prefix-star']));
  });

  it.each(cases.map(([code, content, params], index) => ({ code, content, params, index })))('says $code ($index)', ({ code, content, params }) => {
    const findings = lint(content).filter((finding) => finding.code === code);

    expect(findings.length).toBeGreaterThan(0);
    if (params !== undefined) expect(findings.map((finding) => finding.params)).toContainEqual(expect.objectContaining(params));
    for (const finding of findings) expect(finding.severity).toBe(lintMessages[code].severity);
  });

  it('has a case above for every check, and one below for what a Config.pm leaves unread', () => {
    const shown = new Set<string>([...cases.map(([code]) => code), 'restriction-unread', ...unreadCodes.map((code) => `unread-${code}`)]);

    expect(Object.keys(lintMessages).filter((code) => !shown.has(code))).toEqual([]);
    expect(Object.keys(lintMessages).length).toBeGreaterThanOrEqual(60);
  });

  it('names every parameter of its sentences, and no secret', () => {
    for (const finding of cases.flatMap(([, content]) => lint(content))) {
      const { fault, consequence, cure } = describeFinding(finding);
      expect(`${finding.code}: ${fault} ${consequence} ${cure}`).not.toMatch(/undefined|null|\{\w+\}/);
      expect(JSON.stringify(finding)).not.toContain('hunter2');
    }
  });

  it('takes whatever stands in the file', () => {
    for (const odd of [null, 7, 'x', [], {}, [[]], [null], { a: null }, true, Number.NaN]) {
      for (const key of [...Object.keys(people), 'Selections', 'Key']) lint(withPeople({ [key]: odd }));
      for (const key of ['Host', 'UserDN', 'UserPw', 'AlwaysFilter', 'Params', 'SSCOPE', 'BaseDN', 'GroupDN']) lint(withDirectory({}, { [key]: odd }));
      for (const key of ['CheckEmailValidAddress', 'DynamicFieldFromCustomerUser::Mapping', 'Ticket::EventModulePost', 'Customer::AuthModule']) lint(withSettings({ [key]: odd }));
      lint({ CustomerUser: odd, Settings: odd, '': odd });
    }
  });
});

describe('the linter on a Config.pm', () => {
  const lintText = (text: string): readonly Finding[] => {
    const read = readConfigPm(text, defaults);
    const { file, placeOf, ignoredBlocks } = toConfiguration(read, defaults);
    return lintConfiguration({ file: 'Config.pm', content: file, defaults, placeOf, ignoredBlocks, unread: read.unread });
  };
  const lintFile = (name: string): unknown[] =>
    lintText(readFileSync(join(__dirname, '../../testing/config-pm', name), 'utf8')).map(({ severity, line, code }) => `${line} ${severity} ${code}`);
  const lintBody = (body: string): unknown[] => lintText(`sub Load {\nmy $Self = shift;\n${body}\nreturn 1;\n}\n1;`).map(({ line, code }) => `${line} ${code}`);

  it('names the line of each finding, in the order of the file', () => {
    expect(lintFile('not-readable.pm')).toEqual([
      '7 information name-missing',
      '7 warning list-missing',
      '7 warning list-missing',
      '7 information email-unique-off',
      '8 warning unread-call',
      '10 error key-missing',
      '10 warning unread-environment',
      '17 warning unread-call',
      '23 warning unread-condition',
      '25 warning source-ignored',
    ]);
    expect(lintFile('database-and-ldap.pm')).toEqual([
      '16 information email-unique-off',
      '19 information key-old-name',
      '36 information sign-in-missing',
      '40 information ldap-plain-password-local',
      '44 information secret-in-clear',
      '52 warning list-field-unmapped',
      '53 warning list-field-unmapped',
      '74 information source-gap',
      '80 information secret-in-clear',
    ]);
    expect(lintFile('database-only.pm')).toEqual(['37 information customers-default']);
  });

  it.each(['ReadOnly', 'CustomerValid', 'CustomerUserValidFilter', 'Params.AlwaysFilter', 'Params.GroupDN'])('refuses a block whose %s is not known', (key) => {
    const place = key.split('.').map((part) => `{${part}}`).join('');

    expect(lintBody(`$Self->{CustomerUser}${place} = restriction();`)).toContain('3 restriction-unread');
    expect(lintBody(`$Self->{CustomerUser}${place} = 'x' if $y;`)).toContain('3 restriction-unread');
  });

  it('refuses a block of which anything might be another', () => {
    expect(lintBody(`$Self->{CustomerUser} = { Params => { Table => 'x', %{ more() } } };`)).toContain('3 restriction-unread');
    expect(lintBody(`if ($x) { $Self->{CustomerUser} = {}; }`)).toContain('3 restriction-unread');
    expect(lintBody(`if ($x) { $Self->{CustomerUser5} = {}; }`)).not.toContain('3 restriction-unread');
    expect(lintBody(`$Self->{CustomerUser}{Name} = name();`)).not.toContain('3 restriction-unread');
  });

  it('refuses blocks whose restrictions are set in a loop', () => {
    expect(lintBody('for my $n (1 .. 3) { $Self->{"CustomerUser$n"}->{ReadOnly} = 1; }')).toContain('3 restriction-unread');
    expect(lintBody('for my $Block ( $Self->{CustomerUser} ) { $Block->{Params}->{AlwaysFilter} = "x"; }')).toContain('3 restriction-unread');
    expect(lintBody('for my $k (qw(a b)) { $Self->{CustomerUser}->{Params}->{$k} = 1; }')).toContain('3 restriction-unread');
    expect(lintBody('for my $n (1 .. 3) { $Self->{"Home$n"} = 1; $Self->{"CustomerUser$n"}->{CacheTTL} = 1; }')).not.toContain('3 restriction-unread');
  });

  it('has a sentence for everything that is left unread', () => {
    for (const code of unreadCodes) {
      const { fault, consequence, cure } = describeFinding({ code: `unread-${code}`, params: { text: 'x()', skipped: 'CustomerUser.Name' } });
      expect(`${fault} ${consequence} ${cure}`).not.toMatch(/\{\w+\}/);
    }
  });
});
