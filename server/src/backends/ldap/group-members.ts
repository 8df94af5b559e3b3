import type { Client } from 'ldapts';
import type { Clock } from '../../kernel/clock.js';
import { foldKey } from '../backend.js';
import type { LdapEntry } from './ldap-entry.js';
import { LdapFailure } from './ldap-failure.js';
import { everything, present } from './ldap-filter.js';
import type { LdapParams } from './ldap-params.js';
import { gather, readAll } from './ldap-search.js';

const attribute = 'memberUid';
/** Active Directory tells 1,500 values of an attribute and names the part it told. */
const rangeName = /^memberuid;range=\d+-(\d+|\*)$/;
/** More are never held. */
const mostMembers = 1_000_000;
/** One page asks for them more than once, and so do all who look at it at that moment. */
const heldMs = 10_000;

type Settings = Pick<LdapParams, 'groupDn' | 'scope' | 'charset'>;

/** Folded logins of all who are listed under GroupDN, read at once and held for seconds. */
export class GroupMembers {
  private held: { readonly members: ReadonlySet<string>; readonly until: number } | null = null;

  constructor(
    private readonly params: Settings,
    private readonly clock: Clock,
  ) {}

  /** `null`: nobody is kept out. Throws LdapFailure rather than taking a part of the members for all of them. */
  async read(client: Client): Promise<ReadonlySet<string> | null> {
    const { groupDn } = this.params;
    if (groupDn === null) return null;
    const now = this.clock.now().getTime();
    if (this.held && now < this.held.until) return this.held.members;
    const members = await readMembers(client, groupDn, this.params);
    this.held = { members, until: now + heldMs };
    return members;
  }
}

async function readMembers(client: Client, base: string, { scope, charset }: Settings): Promise<ReadonlySet<string>> {
  const found = await gather(
    client,
    { base, scope, charset, filter: present(attribute), attributes: [attribute] },
    {
      begin: () => ({ members: new Set<string>(), unfinished: new Map<string, number>() }),
      add: ({ members, unfinished }, entry) => {
        const { values, next } = partOf(entry);
        for (const value of values) members.add(foldKey(value));
        if (next !== null) unfinished.set(entry.dn, next);
      },
    },
  );
  if (found.isTruncated) throw incomplete();
  const { members, unfinished } = found.value;
  for (const [dn, start] of unfinished) {
    for (let next: number | null = start; next !== null; ) next = await readPart(client, { dn, charset, from: next, members });
  }
  return members;
}

/** Adds the members from this place on, and answers where it stopped. */
async function readPart(
  client: Client,
  { dn, charset, from, members }: { dn: string; charset: Settings['charset']; from: number; members: Set<string> },
): Promise<number | null> {
  const attributes = [`${attribute};range=${from}-*`];
  const [entry] = await readAll(client, { base: dn, scope: 'base', charset, filter: everything, attributes });
  const { values, next } = entry ? partOf(entry) : nothingTold;
  if (values.length === 0 || (next !== null && next <= from) || members.size > mostMembers) throw incomplete();
  for (const value of values) members.add(foldKey(value));
  return next;
}

interface Part {
  readonly values: readonly string[];
  /** Where the values begin that were not told. */
  readonly next: number | null;
}

const nothingTold: Part = { values: [], next: null };

function partOf(entry: LdapEntry): Part {
  for (const name of entry.names) {
    const [, last] = rangeName.exec(name) ?? [];
    const values = last === undefined ? [] : entry.values(name);
    if (values.length > 0) return { values, next: last === '*' ? null : Number(last) + 1 };
  }
  return { values: entry.values(attribute), next: null };
}

function incomplete(): LdapFailure {
  return new LdapFailure('refused-question', 'GroupDN holds more than the directory hands out');
}
