import { PresenceFilter, SizeLimitExceededError, type Client } from 'ldapts';
import { foldKey } from '../backend.js';
import { readEntry } from './ldap-entry.js';
import { LdapFailure } from './ldap-failure.js';
import type { LdapParams } from './ldap-params.js';

const attribute = 'memberUid';

/** Folded logins of all who are listed under GroupDN, in one question; `null`: nobody is kept out. */
export async function readMembers(client: Client, { groupDn, scope, charset }: LdapParams): Promise<ReadonlySet<string> | null> {
  if (groupDn === null) return null;
  try {
    const { searchEntries } = await client.search(groupDn, { scope, filter: new PresenceFilter({ attribute }), attributes: [attribute], paged: true });
    return new Set(searchEntries.flatMap((entry) => readEntry(entry, charset).values(attribute)).map(foldKey));
  } catch (error) {
    // A part of the members would make the others disappear.
    if (error instanceof SizeLimitExceededError) throw new LdapFailure('refused-question', 'GroupDN holds more entries than the directory hands out');
    throw error;
  }
}
