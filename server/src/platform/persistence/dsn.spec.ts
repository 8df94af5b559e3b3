import { databaseUrlOfDsn, withCredentials } from './dsn.js';

describe("The helpdesk's form of a database address", () => {
  it.each([
    ['DBI:mysql:database=otobo;host=db;port=3307;', 'mysql://db:3307/otobo'],
    ['DBI:MariaDB:dbname=znuny;host=10.0.0.5', 'mysql://10.0.0.5/znuny'],
    ['dbi:Pg:dbname=crm;host=::1;port=5433', 'postgres://[::1]:5433/crm'],
    ['DBI:Pg:dbname=crm;host=/var/run/postgresql', 'postgres://localhost/crm?host=%2Fvar%2Frun%2Fpostgresql'],
    ['DBI:mysql:database=otobo;mysql_socket=/run/mysqld/mysqld.sock', 'mysql://localhost/otobo?socket=%2Frun%2Fmysqld%2Fmysqld.sock'],
    ['DBI:mysql:otobo:db:3307', 'mysql://db:3307/otobo'],
    ['DBI:mysql:otobo', 'mysql://localhost/otobo'],
    ['DBI:Pg:dbname=crm;host=db;user=me;password=p/w', 'postgres://me:p%2Fw@db/crm'],
    ['DBI:Oracle:sid=x', null],
    ['postgres://db/crm', null],
  ])('%s is %s', (dsn, url) => {
    expect(databaseUrlOfDsn(dsn)).toBe(url);
  });

  it('takes user and password from beside it, whatever characters they have', () => {
    expect(withCredentials('mysql://me:old@db/otobo', 'o@tobo', '$1:/')).toBe('mysql://o%40tobo:%241%3A%2F@db/otobo');
  });
});
