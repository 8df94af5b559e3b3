import { describeAddress, parseDatabaseUrl } from './database-url.js';

describe('the address of a database', () => {
  it('is read with its default port, and the password may hold any character', () => {
    const address = parseDatabaseUrl('mariadb://agent:p%40ss%2Fw%C3%B6rd@db.example/helpdesk');

    expect(address).toEqual({
      engine: 'mysql',
      host: 'db.example',
      port: 3306,
      socket: null,
      user: 'agent',
      password: 'p@ss/wörd',
      database: 'helpdesk',
      tls: null,
    });
  });

  it('may name a folder with the socket of PostgreSQL and no host', () => {
    const address = parseDatabaseUrl('postgres://agent:secret@/clientele?host=/var/run/clientele');

    expect(address.socket).toBe('/var/run/clientele');
    expect(address.database).toBe('clientele');
  });

  it('may name a socket file of the MySQL family', () => {
    expect(parseDatabaseUrl('mysql://agent@/clientele?socket=/run/mysqld/mysqld.sock').socket).toBe(
      '/run/mysqld/mysqld.sock',
    );
  });

  it('may be an IPv6 address', () => {
    expect(parseDatabaseUrl('postgres://agent@[::1]:5433/clientele')).toMatchObject({ host: '::1', port: 5433 });
  });

  it('checks certificates with sslmode=verify-full, and not with require', () => {
    expect(parseDatabaseUrl('mysql://a@b/c?sslmode=verify-full').tls).toEqual({ rejectUnauthorized: true });
    expect(parseDatabaseUrl('mysql://a@b/c?sslmode=require').tls).toEqual({ rejectUnauthorized: false });
  });

  it('is described without user and password', () => {
    const description = describeAddress(parseDatabaseUrl('postgres://agent:geheim@db/clientele'));

    expect(description).toBe('postgres database clientele at db:5432');
  });

  it.each([
    ['oracle://agent:geheim@db/clientele', /must begin with/],
    ['postgres://agent:geheim@db', /names no database/],
    ['postgres://agent:geheim@db/', /names no database/],
    ['postgres://agent:geh%eim@db/clientele', /password .* hex digits/],
    ['postgres://agent:geheim@db:port/clientele', /not a URL/],
    ['postgres://agent:geheim@db/clientele?sslmode=prefer', /sslmode/],
    ['postgres://agent:geheim@db/clientele?passwort=geheim', /passwort/],
    ['geheim', /not a URL/],
  ])('%s is refused with the reason and without the password', (text, reason) => {
    const parsing = (): unknown => parseDatabaseUrl(text);

    expect(parsing).toThrow(reason);
    expect(parsing).not.toThrow(/geheim/);
  });
});
