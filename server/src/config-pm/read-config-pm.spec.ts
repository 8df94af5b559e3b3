import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { plainValueOf } from './perl-value.js';
import { ConfigPmTooLarge, readConfigPm, sizeLimit } from './read-config-pm.js';

const testFile = (name: string): string => readFileSync(join(__dirname, '../../testing/config-pm', name), 'utf8');

/** The statements as the body of Load, from line 3 on. */
const load = (body: string): string => `package Kernel::Config;\nsub Load { my $Self = shift;\n${body}\nreturn 1;\n}\n1;\n`;

function read(body: string, defaults = {}): unknown {
  const { values, unread } = readConfigPm(load(body), defaults);
  expect(unread).toEqual([]);
  return plainValueOf(values);
}

function notes(body: string): unknown[] {
  return readConfigPm(load(body)).unread.map(({ code, line, skipped }) => [line, code, skipped]);
}

const row = (variable: string, label: string, storage: string, shown: number, required: number, type = 'var', readOnly = 0): unknown[] =>
  [variable, label, storage, shown, required, type, '', readOnly, null, null];

describe('a Config.pm of one database', () => {
  const file = readConfigPm(testFile('database-only.pm'));

  it('is read to the last value', () => {
    expect(file.unread).toEqual([]);
    expect(plainValueOf(file.values)).toEqual({
      DatabaseHost: '127.0.0.1',
      Database: 'helpdesk',
      DatabaseUser: 'helpdesk',
      DatabasePw: 'not-a-real-password',
      DatabaseDSN: 'DBI:mysql:database=helpdesk;host=127.0.0.1;',
      CustomerUser: {
        Name: 'Database Backend',
        Module: 'Kernel::System::CustomerUser::DB',
        Params: { Table: 'customer_user', SearchCaseSensitive: 0 },
        CustomerKey: 'login',
        CustomerID: 'customer_id',
        CustomerValid: 'valid_id',
        CustomerUserListFields: ['first_name', 'last_name', 'email'],
        CustomerUserSearchFields: ['login', 'first_name', 'last_name', 'customer_id', 'email'],
        CustomerUserSearchPrefix: '',
        CustomerUserSearchSuffix: '*',
        CustomerUserSearchListLimit: 1000,
        CustomerUserPostMasterSearchFields: ['email'],
        CustomerUserNameFields: ['title', 'first_name', 'last_name'],
        CustomerUserEmailUniqCheck: 1,
        CustomerCompanySupport: 1,
        CacheTTL: 86_400,
        Map: [
          row('UserTitle', 'Title or salutation', 'title', 1, 0),
          row('UserFirstname', 'Firstname', 'first_name', 1, 1),
          row('UserLastname', 'Lastname', 'last_name', 1, 1),
          row('UserLogin', 'Username', 'login', 1, 1),
          row('UserPassword', 'Password', 'pw', 0, 0),
          row('UserEmail', 'Email', 'email', 1, 1),
          row('UserCustomerID', 'CustomerID', 'customer_id', 0, 1),
          row('UserPhone', 'Phone', 'phone', 1, 0),
          row('UserRoom', 'Habitación', 'room', 0, 1),
          row('UserCountry', 'Country', 'country', 1, 0),
          row('UserComment', 'Comment', 'comments', 1, 0),
          row('ValidID', 'Valid', 'valid_id', 0, 1, 'int'),
        ],
        Selections: { UserTitle: { 'Mr.': 'Mr.', 'Mrs.': 'Mrs.' } },
      },
      CustomerGroupSupport: 1,
      CustomerGroupAlwaysGroups: ['users'],
      'DynamicFieldFromCustomerUser::Mapping': { UserFirstname: 'CustomerFirstname', UserRoom: 'CustomerRoom' },
      'Ticket::EventModulePost': {
        '4100-DynamicFieldFromCustomerUser': {
          Module: 'Kernel::System::Ticket::Event::DynamicFieldFromCustomerUser',
          Event: '(TicketCreate|TicketCustomerUpdate)',
        },
      },
    });
  });

  it('says where each block and each Map row stands', () => {
    const block = file.values.entries.get('CustomerUser');
    const map = block?.kind === 'hash' ? block.entries.get('Map') : undefined;

    expect(block?.at).toEqual({ line: 19, column: 29 });
    expect(map?.kind === 'array' ? map.items.map(({ at }) => at?.line) : []).toEqual([41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52]);
  });
});

describe('a Config.pm of a database, a directory and a foreign database', () => {
  const file = readConfigPm(testFile('database-and-ldap.pm'));
  const ldapRow = (...[variable, label, storage, shown, required]: [string, string, string, number, number]): unknown[] =>
    row(variable, label, storage, shown, required, 'var', 1);
  const shortRow = (...[variable, label, storage, shown, required, type = 'var']: [string, string, string, number, number, string?]): unknown[] =>
    [variable, label, storage, shown, required, type, '', 0];

  it('is read to the last value, secrets as they are, and nothing of POD and comments', () => {
    expect(file.unread).toEqual([]);
    expect(plainValueOf(file.values)).toEqual({
      CustomerUser: {
        Name: 'Database Backend',
        Module: 'Kernel::System::CustomerUser::DB',
        Params: { Table: 'customer_user', CaseSensitive: 0 },
        CustomerKey: 'login',
        CustomerID: 'customer_id',
        CustomerValid: 'valid_id',
        CustomerUserListFields: ['first_name', 'last_name', 'email'],
        CustomerUserSearchFields: ['login', 'first_name', 'last_name', 'customer_id'],
        CustomerUserPostMasterSearchFields: ['email'],
        CustomerUserExcludePrimaryCustomerID: 0,
        Map: [
          shortRow('UserFirstname', 'Firstname', 'first_name', 1, 1),
          shortRow('UserLastname', 'Lastname', 'last_name', 1, 1),
          shortRow('UserLogin', 'Username', 'login', 1, 1),
          shortRow('UserPassword', 'Password', 'pw', 0, 0),
          ['UserEmail', 'Email', 'email', 1, 1, 'var', 'mailto:[% Data.UserEmail | uri %]', 0, '_blank'],
          shortRow('UserCustomerID', 'CustomerID', 'customer_id', 0, 1),
          shortRow('ValidID', 'Valid', 'valid_id', 0, 1, 'int'),
        ],
      },
      CustomerUser2: {
        Name: 'Staff directory',
        Module: 'Kernel::System::CustomerUser::LDAP',
        Params: {
          Host: 'ldap://127.0.0.1:389',
          BaseDN: 'ou=people,dc=example,dc=net',
          SSCOPE: 'sub',
          UserDN: 'cn=admin,dc=example,dc=net',
          UserPw: 'it\'s-a-"secret"-\\-with-quotes',
          AlwaysFilter: '(objectClass=inetOrgPerson)',
          SourceCharset: 'utf-8',
          GroupDN: 'cn=helpdesk-customers,ou=groups,dc=example,dc=net',
          Params: { port: 389, timeout: 120, async: 0, version: 3 },
        },
        CustomerKey: 'uid',
        CustomerID: 'departmentnumber',
        CustomerUserListFields: ['cn', 'mail'],
        CustomerUserSearchFields: ['uid', 'cn', 'mail'],
        CustomerUserSearchPrefix: '',
        CustomerUserSearchSuffix: '*',
        CustomerUserSearchListLimit: 250,
        CustomerUserPostMasterSearchFields: ['mail'],
        CustomerUserNameFields: ['givenname', 'sn'],
        CustomerUserValidFilter: '(!(employeeType=left))',
        AdminSetPreferences: 0,
        CacheTTL: 120,
        Map: [
          ldapRow('UserTitle', 'Title', 'title', 1, 0),
          ldapRow('UserFirstname', 'Firstname', 'givenname', 1, 1),
          ldapRow('UserLastname', 'Lastname', 'sn', 1, 1),
          ldapRow('UserLogin', 'Username', 'uid', 1, 1),
          ldapRow('UserEmail', 'Email', 'mail', 1, 1),
          ldapRow('UserCustomerID', 'CustomerID', 'departmentnumber', 0, 1),
          ldapRow('UserCustomerIDs', 'CustomerIDs', 'businesscategory', 1, 0),
          ldapRow('UserPhone', 'Phone', 'telephonenumber', 1, 0),
        ],
      },
      CustomerUser10: {
        Name: 'Old CRM (foreign database)',
        Module: 'Kernel::System::CustomerUser::DB',
        Params: { DSN: 'DBI:Pg:dbname=crm;host=127.0.0.1;', User: 'crm_reader', Password: 'also-not-real', Table: 'people', ForeignDB: 1 },
        ReadOnly: 1,
        CustomerKey: 'username',
        CustomerID: 'company_no',
        CustomerUserListFields: ['given', 'family', 'mail'],
        CustomerUserSearchFields: ['username', 'given', 'family'],
        CustomerUserPostMasterSearchFields: ['mail'],
        Map: [
          row('UserFirstname', 'Firstname', 'given', 1, 1),
          row('UserLastname', 'Lastname', 'family', 1, 1),
          row('UserLogin', 'Username', 'username', 1, 1),
          row('UserEmail', 'Email', 'mail', 1, 1),
          row('UserCustomerID', 'CustomerID', 'company_no', 0, 1),
        ],
      },
    });
  });
});

describe('a Config.pm with what cannot be known', () => {
  const text = testFile('not-readable.pm');
  const file = readConfigPm(text);

  it('has every marked line reported by its number, and no other', () => {
    expect(file.unread.map(({ line, code, skipped }) => ({ line, code, skipped }))).toEqual([
      { line: 8, code: 'call', skipped: 'CustomerUser.Name' },
      { line: 10, code: 'environment', skipped: 'CustomerUser.Params.Table' },
      { line: 17, code: 'call', skipped: 'CustomerUser.Map' },
      { line: 23, code: 'condition', skipped: 'CustomerUser1' },
    ]);
    const marked = text.split('\n').flatMap((line, index) => (/# (?:a|an|the) [a-z ]+$/.test(line) ? [index + 1] : []));
    expect(file.unread.map(({ line }) => line)).toEqual(marked);
  });

  it('shows the code there without any quoted text', () => {
    expect(file.unread.map(({ text: excerpt }) => excerpt)).toEqual([
      'hostname()',
      '$ENV{CUSTOMER_TABLE}',
      "map { [ '…', $_, lc $_, 1, 0, '…', '…', 0 ] } qw(…)",
      "$Self->{CustomerUser1} = { Name => '…' }",
    ]);
  });

  it.each([
    `$Self->{DatabasePw} = decrypt('hunter2', "hunter2", q{hunter2}, qq(hunter2), qw(hunter2), 483920);`,
    `$Self->{DatabasePw} = decrypt(<<'EOT');\nhunter2\nEOT`,
    `my $x = decrypt('hunter2');\n$Self->{DatabasePw} = "hunter2$x";`,
    `$Self->{DatabasePw} = 'hunter2' if $x =~ /hunter2/;`,
    `$Self->{DatabasePw} = \`echo hunter2\`;`,
    `$Self->{DatabasePw} = $x ? 'hunter2' : { Password => 'hunter2' };`,
    `$Self->{DatabasePw} = 'hunter2`,
  ])('never shows a secret that stands in such code: %s', (body) => {
    const { unread } = readConfigPm(load(body));

    expect(unread.length).toBeGreaterThan(0);
    expect(JSON.stringify(unread)).not.toMatch(/hunter2|483920/);
  });

  it('is read everywhere else', () => {
    expect(plainValueOf(file.values, () => false)).toEqual({
      CustomerUser: {
        Module: 'Kernel::System::CustomerUser::DB',
        Params: {},
        CustomerKey: 'login',
        CustomerID: 'customer_id',
        Map: [
          ['UserLogin', 'Username', 'login', 1, 1, 'var', '', 0],
          ['UserEmail', 'Email', 'email', 1, 1, 'var', '', 0],
          ['UserCustomerID', 'CustomerID', 'customer_id', 0, 1, 'var', '', 0],
          ['UserRoom', 'Room', 'room', 0, 1, 'var', '', 0, null, null],
        ],
      },
      CustomerUser11: { Name: 'the eleventh numbered block is never read', Module: 'Kernel::System::CustomerUser::DB' },
    });
  });
});

describe('assignments', () => {
  it.each([
    ['with either quote, or none, around a key', `$Self->{A} = 1; $Self->{'B'}{C} = 2; $Self->{"D"}->{'E-F'} = 3; $Self->{'G::H'}->{i}{j} = 4;`, { A: 1, B: { C: 2 }, D: { 'E-F': 3 }, 'G::H': { i: { j: 4 } } }],
    ['later ones over earlier ones', `$Self->{A} = { x => 1, y => 2 }; $Self->{A}->{x} = 3; $Self->{B} = 1; $Self->{B} = 2;`, { A: { x: 3, y: 2 }, B: 2 }],
    ['the whole over its parts', `$Self->{A}{x} = 1; $Self->{A} = { y => 2 };`, { A: { y: 2 } }],
    ['into an array', `$Self->{A} = [ 1, [ 2, 3 ] ]; $Self->{A}->[1]->[0] = 9; $Self->{A}[3] = 4; $Self->{A}[-1] = 5;`, { A: [1, [9, 3], null, 5] }],
    ['through $$Self', `$$Self{A} = 1; \${$Self}{B} = 2;`, { A: 1, B: 2 }],
    ['push to a list', `push @{ $Self->{A} }, 1, 2; push @{$Self->{B}->{Map}}, [ 'x' ]; push(@{ $Self->{A} }, 3); push $Self->{A}->@*, 4; unshift @{ $Self->{A} }, 0;`, { A: [0, 1, 2, 3, 4], B: { Map: [['x']] } }],
    ['delete', `$Self->{A} = { x => 1, y => 2 }; $Self->{B} = 1; delete $Self->{A}->{x}; delete $Self->{B}; delete($Self->{C});`, { A: { y: 2 } }],
    ['from scalars that are known', `my $Host = 'db'; my ($User, $Port) = ('me', 3306); $Self->{A} = "host=$Host;port=\${Port}"; $Self->{B} = $User . '@' . $Host;`, { A: 'host=db;port=3306', B: 'me@db' }],
    ['from lists and tables that are known', `my @F = qw(a b); my %H = ( x => 1, y => [ 2 ] ); $Self->{A} = [ @F, 'c' ]; $Self->{B} = { %H, y => 3 }; $Self->{C} = \\@F; $Self->{D} = "$F[1] $H{x}"; $Self->{E} = $H{y}->[0]; $Self->{F} = $F[0];`, { A: ['a', 'b', 'c'], B: { x: 1, y: 3 }, C: ['a', 'b'], D: 'b 1', E: 2, F: 'a' }],
    ['from other keys of the file', `$Self->{A} = 'x'; $Self->{B} = { c => [ 'y' ] }; $Self->{C} = "$Self->{A}-$Self->{B}->{c}->[0]-$Self->{B}{c}[0]"; $Self->{D} = $Self->{B}; $Self->{E} = { %{ $Self->{B} }, d => 1 }; $Self->{F} = [ @{ $Self->{B}->{c} } ];`, { A: 'x', B: { c: ['y'] }, C: 'x-y-y', D: { c: ['y'] }, E: { c: ['y'], d: 1 }, F: ['y'] }],
    ['to a whole list or table', `$Self->{A} = [ 1 ]; @{ $Self->{A} } = ( 2, 3 ); $Self->{B} = { x => 1 }; %{ $Self->{B} } = ( y => 2 );`, { A: [2, 3], B: { y: 2 } }],
    ['that add to what is there', `$Self->{A} = 'a'; $Self->{A} .= 'b'; $Self->{A} ||= 'c'; $Self->{B} ||= 'd'; $Self->{C} = 0; $Self->{C} //= 1; $Self->{D} //= 2;`, { A: 'ab', B: 'd', C: 0, D: 2 }],
    ['in a block of its own', `{ my $x = 1; $Self->{A} = $x; }`, { A: 1 }],
  ])('%s', (_, body, expected) => {
    expect(read(String(body))).toEqual(expected);
  });

  it('change a container wherever it is shared', () => {
    expect(read(`$Self->{A} = { x => 1 }; my $Block = $Self->{A}; $Block->{x} = 2; push @{ $Block->{l} }, 3;`)).toEqual({ A: { x: 2, l: [3] } });
  });

  it('add to what the helpdesk has set before', () => {
    const defaults = { CustomerUser: { Name: 'Default', Map: [['a']] } };

    expect(read(`push @{ $Self->{CustomerUser}->{Map} }, [ 'b' ]; $Self->{CustomerUser}->{CacheTTL} = 0;`, defaults)).toEqual({
      CustomerUser: { Name: 'Default', Map: [['a'], ['b']], CacheTTL: 0 },
    });
  });

  it('of the form that the helpdesk generates are read too', () => {
    const { values, unread } = readConfigPm(`package Kernel::Config::Files::ZZZAAuto;\nsub Load {\n  my ($File, $Self) = @_;\n$Self->{'CustomerGroupSupport'} =  '1';\n  return;\n}\n1;`);

    expect(unread).toEqual([]);
    expect(plainValueOf(values)).toEqual({ CustomerGroupSupport: '1' });
  });

  it('at the level of the file count as well: it runs before Load', () => {
    const { values, unread } = readConfigPm(`sub Load { my $Self = shift; $Self->{A} = $Host; }\nour $VERSION = '1';\nmy $Host = 'db';\n1;`);

    expect(unread).toEqual([]);
    expect(plainValueOf(values)).toEqual({ A: 'db' });
  });
});

describe('what is no code', () => {
  it.each([
    ['comments', `# $Self->{A} = 1;\n$Self->{B} = 2; # $Self->{C} = 3;\n$Self->{D} = [ 1, # one\n 2 ];`, { B: 2, D: [1, 2] }],
    ['POD of every kind', `\n=for comment\n\n$Self->{A} = 1;\n\n=cut\n\n$Self->{B} = 2;\n\n=head1 NAME\n\n$Self->{C} = 3;\n\n=cut\n\n=begin x\n\n$Self->{D} = 4;\n\n=end x\n\n=cut\n$Self->{E} = 5;`, { B: 2, E: 5 }],
    ['quotes inside comments', `$Self->{A} = { # it's\n x => 1, # "\n};`, { A: { x: 1 } }],
    ['an equals sign at the start of a line', `$Self->{A}\n=qw(x);`, { A: 'x' }],
  ])('%s', (_, body, expected) => {
    expect(read(body)).toEqual(expected);
  });

  it.each(['__END__', '__DATA__'])('is behind %s', (marker) => {
    const { values } = readConfigPm(`sub Load { my $Self = shift; $Self->{A} = 1; }\n${marker}\n$Self->{B} = 2; it's not Perl {[(`);
    expect(plainValueOf(values)).toEqual({ A: 1 });
  });

  it('is a carriage return or a byte order mark', () => {
    const { values, unread } = readConfigPm(`\uFEFF${load("$Self->{A} = 'x';\n# c\n$Self->{B} = <<'E';\ny\nE\n")}`.replaceAll('\n', '\r\n'));
    expect(unread).toEqual([]);
    expect(plainValueOf(values)).toEqual({ A: 'x', B: 'y\n' });
  });
});

describe('what cannot be known is reported where it stands, and what follows is read', () => {
  it.each([
    ['a function call', `$Self->{A} = foo(1, 2);`, [[3, 'call', 'A']]],
    ['a method call', `$Self->{A} = $Kernel::OM->Get('Kernel::Config')->Get("x")->{y};`, [[3, 'call', 'A']]],
    ['a class method', `$Self->{A} = Some::Class->new( a => 1 );`, [[3, 'call', 'A']]],
    ['a function without brackets', `$Self->{A} = { n => lc 'X', m => join ',', 'a', 'b' };`, [[3, 'call', 'A.n'], [3, 'call', 'A.m']]],
    ['the environment', `$Self->{A} = $ENV{HOME}; $Self->{B} = "$ENV{HOME}/x";`, [[3, 'environment', 'A'], [3, 'variable', 'B']]],
    ['a ternary', `$Self->{A} = $x ? 1 : 2;`, [[3, 'operator', 'A']]],
    ['logic', `$Self->{A} = 1 || 2; $Self->{B} = !1;`, [[3, 'operator', 'A'], [3, 'operator', 'B']]],
    ['a condition', `if ($x) {\n $Self->{A} = 1;\n} elsif ($y) {\n push @{ $Self->{B} }, 1;\n} else {\n delete $Self->{C}->{d};\n}`, [[4, 'condition', 'A'], [6, 'condition', 'B'], [8, 'condition', 'C.d']]],
    ['a condition behind', `$Self->{A} = 1 if -e '/x';\n$Self->{B} = 2\n unless $y;`, [[3, 'condition', 'A'], [4, 'condition', 'B']]],
    ['a condition around nothing that is read', `if ($x) { print 'y'; }`, [[3, 'condition', null]]],
    ['a loop', `for my $n (1 .. 3) {\n $Self->{"A$n"} = { x => 1 };\n}\n$Self->{B}{$_} = 1 for qw(a b);\nwhile (1) { $Self->{C} = 1 }`, [[4, 'loop', '?'], [6, 'loop', 'B.?'], [7, 'loop', 'C']]],
    ['code that may fail', `eval { $Self->{A} = 1; };\neval "x";\nrequire 'other.pl';\ndo '/x.pl';`, [[3, 'code', 'A'], [4, 'code', null], [5, 'code', null], [6, 'code', null]]],
    ['a subroutine as value', `$Self->{A} = { Code => sub { my $x = shift; return { a => 1 }; }, B => 1 };`, [[3, 'code', 'A.Code']]],
    ['a regular expression', `$Self->{A} = qr/a,b}/i; $Self->{B} = [ 'x' =~ /y/ ]; $Self->{C} =~ s{a}{b}g;`, [[3, 'regular-expression', 'A'], [3, 'regular-expression', 'B[0]'], [3, 'code', null]]],
    ['a command', '$Self->{A} = `hostname`; $Self->{B} = qx{date}; $Self->{C} = <STDIN>;', [[3, 'command', 'A'], [3, 'command', 'B'], [3, 'command', 'C']]],
    ['a variable of elsewhere', `$Self->{A} = $Other; $Self->{B} = "x$Other"; $Self->{C} = "x@list"; $Self->{D} = $Self->{Home} . '/x';`, [[3, 'variable', 'A'], [3, 'variable', 'B'], [3, 'interpolation', 'C'], [3, 'not-set', 'D']]],
    ['a variable that changes sometimes', `my $x = 1;\n$x = 2 if $y;\n$Self->{A} = $x;`, [[4, 'condition', '$x'], [5, 'variable', 'A']]],
    ['a value that builds on one', `$Self->{A} = foo();\n$Self->{B} = $Self->{A};\npush @{ $Self->{A} }, 1;`, [[3, 'call', 'A'], [4, 'variable', 'B'], [5, 'variable', 'A']]],
    ['a computed key', `$Self->{A} = { foo() => 1, b => 2 }; $Self->{ lc 'X' } = 3;`, [[3, 'call', 'A'], [3, 'assignment', '?']]],
    ['a number beyond fifteen digits', `$Self->{A} = 12345678901234567890; $Self->{B} = 1 / 0; $Self->{C} = 2 ** 200; $Self->{D} = 'x' * 2;`, [[3, 'number', 'A'], [3, 'number', 'B'], [3, 'number', 'C'], [3, 'number', 'D']]],
    ['a slice', `@{ $Self->{A} }{qw(a b)} = (1, 2); $Self->{B} = [ @x[0, 1] ];`, [[3, 'assignment', '?'], [3, 'operator', 'B[0]']]],
    ['counting up', `$Self->{A}++; $Self->{B} += 1;`, [[3, 'operator', null], [3, 'assignment', null]]],
  ])('%s', (_, body, expected) => {
    const { values } = readConfigPm(load(`{\n${body}\n}\n$Self->{Last} = 'read';`));

    expect(notes(body)).toEqual(expected);
    expect(values.entries.get('Last')).toMatchObject({ value: 'read' });
  });

  it('keeps the values around a list that is not known', () => {
    const { values, unread } = readConfigPm(load(`$Self->{A} = { %{ foo() }, b => 1, c => [ 'x', @{ bar() }, 'y' ] };`));

    expect(plainValueOf(values, () => false)).toEqual({ A: { b: 1, c: ['x', 'y'] } });
    expect(unread.map(({ skipped }) => skipped)).toEqual(['A', 'A.c']);
  });

  it('what comes behind a return never happens', () => {
    const body = `$Self->{A} = 2;\nreturn 1;\n$Self->{B} = 1;`;

    expect(notes(body)).toEqual([[5, 'unreachable', 'B']]);
    expect(plainValueOf(readConfigPm(load(body)).values)).toEqual({ A: 2 });
  });

  it('says when the file has no Load', () => {
    expect(readConfigPm(`$Self->{A} = 1;`)).toMatchObject({ unread: [{ code: 'no-load', line: 1 }] });
  });
});

describe('a file that is no valid Perl is still read as far as one can', () => {
  it.each([
    ['a missing semicolon', `$Self->{A} = 1\n$Self->{B} = 2;`, [4], { A: 1, B: 2 }],
    ['a missing comma', `$Self->{A} = { x => 'a'\n y => 'b', z => 'c' };`, [4], { A: { x: 'a', y: 'b', z: 'c' } }],
    ['a missing bracket', `$Self->{A} = [ 1, [ 2, 3 ];\n$Self->{B} = 2;`, [3], { A: [1, [2, 3]], B: 2 }],
    ['a bracket too many', `$Self->{A} = [ 1 ] ];\n$Self->{B} = 2;`, [3], { B: 2 }],
    ['a text without end', `$Self->{B} = 2;\n$Self->{A} = 'x;`, [4], { B: 2 }],
  ])('%s', (_, body, lines, expected) => {
    const { values, unread } = readConfigPm(load(body));

    expect(unread.map(({ line }) => line)).toEqual(expect.arrayContaining(lines));
    expect(plainValueOf(values)).toEqual(expected);
  });
});

/** Of the processor, so that a busy machine does not count. */
/** Far more than any text takes on a slow machine, far less than one that is read again and again. */
const hangMs = 10_000;

function millisecondsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

describe('a hostile file', () => {
  it.each([
    ['deep brackets', `$Self->{A} = ${'['.repeat(50_000)}${']'.repeat(50_000)};`],
    ['deep blocks', '{'.repeat(50_000) + '}'.repeat(50_000)],
    ['deep minus signs', `$Self->{A} = ${'- '.repeat(50_000)}1;`],
    ['a long chain', `$Self->{A} = 1${' + 1'.repeat(50_000)};`],
    ['a long path', `$Self${'->{a}'.repeat(50_000)} = 1;`],
    ['a text that doubles', `$Self->{A} = 'aaaaaaaaaa';${'$Self->{A} = "$Self->{A}$Self->{A}";'.repeat(60)}`],
    ['a list that doubles', `$Self->{A} = [ 1, 2 ];${'$Self->{A} = [ @{ $Self->{A} }, @{ $Self->{A} } ];'.repeat(60)}`],
    ['a structure that doubles', `$Self->{A} = 1;${'$Self->{A} = [ $Self->{A}, $Self->{A} ];'.repeat(60)}`],
    ['a structure that holds itself', `$Self->{A} = {}; $Self->{A}->{a} = $Self->{A}; push @{ $Self->{B} }, $Self->{B}; $Self->{C} = $Self;`],
    ['a push onto itself', `push @{ $Self->{A} }, 1;${'push @{ $Self->{A} }, @{ $Self->{A} };'.repeat(60)}`],
    ['a long repetition', `$Self->{A} = 'x' x 1_000_000_000_000; $Self->{B} = (1) x 1_000_000_000; $Self->{C} = '' x 999_999_999_999;`],
    ['a far index', `$Self->{A}[4_000_000_000] = 1; $Self->{B}[-1] = 2;`],
    ['many quotes without end', `$Self->{A} = ${"q{ ' \" ".repeat(20_000)}`],
    ['many heredocs without end', '$Self->{A} = <<EOT;\n'.repeat(20_000)],
    ['many spaces in an escape', `$Self->{A} = "\\x{${' '.repeat(200_000)}";`],
  ])('of %s is read in bounds', (_, body) => {
    const started = process.cpuUsage();
    const { values, unread } = readConfigPm(load(`${body}\n$Self->{Last} = 1;`));
    plainValueOf(values);

    expect(millisecondsSince(started)).toBeLessThan(hangMs);
    expect(unread.length).toBeLessThanOrEqual(1000);
  });

  it('has no way to the prototype of an object', () => {
    const { values } = readConfigPm(load(`$Self->{__proto__} = { polluted => 1 }; $Self->{constructor}->{prototype}->{polluted} = 1;`));

    expect(Object.keys(Object(plainValueOf(values)))).toEqual(['__proto__', 'constructor']);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('that is too large is refused as such', () => {
    expect(() => readConfigPm(' '.repeat(sizeLimit + 1))).toThrow(ConfigPmTooLarge);
  });

  it('of which more is unread than is told says so', () => {
    const { unread } = readConfigPm(load('foo();\n'.repeat(2000)));

    expect(unread).toHaveLength(1000);
    expect(unread.at(-1)).toMatchObject({ code: 'too-many', line: 1002 });
  });

  it('as large as may be is read without a hang', () => {
    const line = `$Self->{'Some::Setting'}->{'001-Key'} = { Name => 'x', List => [ 1, 2, 3 ] };\n`;
    const started = process.cpuUsage();
    const { values } = readConfigPm(load(line.repeat(6_400)));

    expect(millisecondsSince(started)).toBeLessThan(hangMs);
    expect(plainValueOf(values)).toEqual({ 'Some::Setting': { '001-Key': { Name: 'x', List: [1, 2, 3] } } });
  });
});
