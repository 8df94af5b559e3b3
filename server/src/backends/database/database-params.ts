import { z } from 'zod';
import { filledText, flag, text } from '../../configuration/index.js';
import { parseDatabaseUrl } from '../../platform/persistence/database-url.js';
import { databaseUrlOfDsn, withCredentials } from '../../platform/persistence/dsn.js';
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
  // User and Password of the block stand above those of the address.
  const url = params.User === undefined ? given : withCredentials(given, params.User, params.Password ?? '');
  try {
    parseDatabaseUrl(url);
  } catch (error) {
    throw new BlockFaults([`Params.${params.Url === undefined ? 'DSN' : 'Url'}: ${error instanceof Error ? error.message : 'cannot be read'}`]);
  }
  return url;
}

function urlOfDsn(dsn: string): string {
  const url = databaseUrlOfDsn(dsn);
  if (url === null) throw new BlockFaults(['Params.DSN: must begin with DBI:mysql:, DBI:MariaDB: or DBI:Pg:']);
  return url;
}
