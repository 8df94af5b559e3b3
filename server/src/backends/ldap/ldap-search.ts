import { ResultCodeError, SizeLimitExceededError, type Client, type Filter } from 'ldapts';
import { readEntry, type LdapEntry } from './ldap-entry.js';
import type { LdapParams } from './ldap-params.js';

/** Active Directory hands out 1,000 at a time and no more. */
const entriesAtOnce = 1_000;
/** More is asked of no directory: so many logins take some 20 MB. */
export const mostEntries = 200_000;

export interface EntrySearch {
  readonly base: string;
  readonly scope: LdapParams['scope'];
  readonly charset: LdapParams['charset'];
  readonly filter: Filter;
  readonly attributes: readonly string[];
}

/** When to stop reading: what was read until then counts as a part. */
export interface ReadingLimits {
  readonly most: number;
  /** On the clock of `performance.now()`. */
  readonly until: number;
}

const unlimited: ReadingLimits = { most: mostEntries, until: Number.POSITIVE_INFINITY };

/** What was made of the entries, and whether there are more of them. */
export interface Gathered<T> {
  readonly value: T;
  readonly isTruncated: boolean;
}

/**
 * Reads in pages (RFC 2696) and keeps none of the entries itself. References to other servers come apart from the
 * entries, and are not followed. It begins anew, with a new `begin()`, where the server lost its place: a cookie of one
 * server means nothing to the next one behind the same address. A server that hands out no pages is asked for all.
 */
export async function gather<T>(
  client: Client,
  { base, scope, charset, filter, attributes }: EntrySearch,
  { begin, add, limits = unlimited }: { begin: () => T; add: (value: T, entry: LdapEntry) => void; limits?: ReadingLimits | undefined },
): Promise<Gathered<T>> {
  const search = { scope, filter, attributes: [...new Set(attributes)] };
  const inPages = async (): Promise<Gathered<T>> => {
    const value = begin();
    let count = 0;
    for await (const { searchEntries } of client.searchPaginated(base, { ...search, paged: { pageSize: entriesAtOnce } })) {
      for (const entry of searchEntries) {
        if (count === limits.most) return { value, isTruncated: true };
        add(value, readEntry(entry, charset));
        count += 1;
      }
      if (performance.now() > limits.until) return { value, isTruncated: true };
    }
    return { value, isTruncated: false };
  };
  const atOnce = async (sizeLimit?: number): Promise<Gathered<T>> => {
    const value = begin();
    const { searchEntries } = await client.search(base, sizeLimit === undefined ? search : { ...search, sizeLimit });
    for (const entry of searchEntries) add(value, readEntry(entry, charset));
    return { value, isTruncated: sizeLimit !== undefined };
  };

  let refusal: unknown;
  for (const read of [inPages, inPages, atOnce]) {
    try {
      return await read();
    } catch (error) {
      // The server's own limit. The library keeps what came before it only if a limit is named.
      if (error instanceof SizeLimitExceededError) return atOnce(limits.most);
      if (!isAboutPages(error)) throw error;
      refusal = error;
    }
  }
  throw refusal;
}

/** For few entries. */
export async function readAll(client: Client, search: EntrySearch): Promise<readonly LdapEntry[]> {
  const { value } = await gather(client, search, { begin: (): LdapEntry[] => [], add: (entries, entry) => void entries.push(entry) });
  return value;
}

/** Servers say it in three ways: protocol error, unavailable critical extension, unwilling to perform. */
function isAboutPages(error: unknown): boolean {
  return error instanceof ResultCodeError && [2, 12, 53].includes(error.code);
}
