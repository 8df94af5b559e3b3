import { z } from 'zod';
import { filledText, flag, text } from '../../configuration/index.js';
import { parseDatabaseUrl } from '../../platform/persistence/database-url.js';
import { BlockFaults } from '../backend-driver.js';

/** `Params` of a database block. Keys that are not listed (Type, Attribute, Encode …) are the helpdesk's own matter. */
export const DatabaseParams = z.looseObject({
  Table: filledText,
  /** Own connection: the helpdesk's DBI form, or a URL. Without either the main database is used. */
  DSN: text.optional(),
  Url: text.optional(),
  User: text.optional(),
  Password: text.optional(),
  /** The table has no audit columns. */
  ForeignDB: flag.default(false),
  SearchCaseSensitive: flag.optional(),
  /** The older name of SearchCaseSensitive. */
  CaseSensitive: flag.optional(),
});
export type DatabaseParams = z.output<typeof DatabaseParams>;

/** The URL of the block's own database; `null`: the main one. Throws BlockFaults, which never quote an address. */
export function ownDatabaseUrl(params: DatabaseParams): string | null {
  const given = params.Url ?? (params.DSN === undefined ? null : urlOfDsn(params.DSN));
  if (given === null) return null;
  const url = withCredentials(given, params);
  try {
    parseDatabaseUrl(url);
  } catch (error) {
    throw new BlockFaults([`Params.${params.Url === undefined ? 'DSN' : 'Url'}: ${error instanceof Error ? error.message : 'cannot be read'}`]);
  }
  return url;
}

const schemes: Readonly<Record<string, string>> = { mysql: 'mysql', mariadb: 'mysql', pg: 'postgres' };

/** `DBI:mysql:database=otobo;host=db;port=3306`, `DBI:Pg:dbname=…`, also the short `DBI:mysql:otobo:db:3306`. */
function urlOfDsn(dsn: string): string {
  const [, driver = '', rest = ''] = /^dbi:(\w+)(?:\([^)]*\))?:(.*)$/is.exec(dsn.trim()) ?? [];
  const scheme = schemes[driver.toLowerCase()];
  if (scheme === undefined) {
    throw new BlockFaults(['Params.DSN: must begin with DBI:mysql:, DBI:MariaDB: or DBI:Pg:']);
  }
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

/** User and Password of the block stand above those of the address. */
function withCredentials(address: string, { User, Password }: DatabaseParams): string {
  if (User === undefined) return address;
  return address.replace(/^([a-z]+:\/\/)(?:[^/?#]*@)?/i, `$1${encoded(User)}:${encoded(Password ?? '')}@`);
}

function hostOf(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}

function encoded(part: string): string {
  return encodeURIComponent(part);
}
