const schemes: ReadonlyMap<string, string> = new Map([
  ['mysql', 'mysql'],
  ['mariadb', 'mysql'],
  ['pg', 'postgres'],
]);

/**
 * The address of a database from the form that Perl's DBI has: `DBI:mysql:database=otobo;host=db;port=3306`,
 * `DBI:Pg:dbname=…`, also the short `DBI:mysql:otobo:db:3306`. `null`: for a kind of database that is not known here.
 */
export function databaseUrlOfDsn(dsn: string): string | null {
  const [, driver = '', rest = ''] = /^dbi:(\w+)(?:\([^)]*\))?:(.*)$/is.exec(dsn.trim()) ?? [];
  const scheme = schemes.get(driver.toLowerCase());
  if (scheme === undefined) return null;
  const attributes = attributesOf(rest);
  const database = attributes.get('database') ?? attributes.get('dbname') ?? attributes.get('db') ?? '';
  const host = attributes.get('host') ?? 'localhost';
  const socket = attributes.get('mysql_socket') ?? attributes.get('mariadb_socket') ?? null;
  const port = attributes.get('port');
  const user = attributes.get('user');
  const password = attributes.get('password');
  const credentials = user === undefined ? '' : `${encoded(user)}:${encoded(password ?? '')}@`;
  const isFolder = scheme === 'postgres' && host.startsWith('/');
  const place = `${isFolder ? 'localhost' : hostOf(host)}${port === undefined ? '' : `:${port}`}`;
  const parameter = isFolder ? `?host=${encoded(host)}` : socket === null ? '' : `?socket=${encoded(socket)}`;
  return `${scheme}://${credentials}${place}/${encoded(database)}${parameter}`;
}

/** The address with this user and password instead of its own. */
export function withCredentials(address: string, user: string, password: string): string {
  return address.replace(/^([a-z]+:\/\/)(?:[^/?#]*@)?/i, (_, scheme: string) => `${scheme}${encoded(user)}:${encoded(password)}@`);
}

function attributesOf(rest: string): ReadonlyMap<string, string> {
  if (!rest.includes('=')) {
    const [database = '', host, port] = rest.split(/[:;@]/);
    return new Map(Object.entries({ database, host, port }).flatMap(([name, value]) => (value ? [[name, value] as const] : [])));
  }
  return new Map(
    rest.split(/[;:](?=\w+=|$)/).filter((part) => part.includes('=')).map((part) => {
      const equals = part.indexOf('=');
      return [part.slice(0, equals).trim().toLowerCase(), part.slice(equals + 1).trim()] as const;
    }),
  );
}

function hostOf(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}

function encoded(part: string): string {
  return encodeURIComponent(part);
}
