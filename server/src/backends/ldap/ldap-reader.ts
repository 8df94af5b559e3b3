import { SizeLimitExceededError, type Client, type Filter } from 'ldapts';
import type { Deadline } from '../../kernel/deadline.js';
import { foldKey, type RecordPage, type RecordQuery, type StoredRecord } from '../backend.js';
import type { EntryWarnings } from './entry-warnings.js';
import { readEntry, recordOf, type LdapEntry } from './ldap-entry.js';
import { LdapFailure } from './ldap-failure.js';
import { allOf, anyOf, equals, everything, present, searchFilter, type SearchTarget } from './ldap-filter.js';
import type { LdapParams } from './ldap-params.js';
import type { LdapPlan } from './ldap-plan.js';
import type { LdapPool } from './ldap-pool.js';
import { readMembers } from './group-members.js';
import { askableOf, hasNegation, isMeant } from './negated-words.js';

/** Directories hand out entries in no order: so many are put in order here, and whoever is beyond is reported. */
const mostCollected = 10_000;
/** Active Directory hands out 1,000 at a time; a page is small enough for every server. */
const entriesAtOnce = 500;
/** Logins in one filter at most. */
const keysAtOnce = 100;

interface Collected {
  readonly entries: readonly LdapEntry[];
  readonly isTruncated: boolean;
}

/** Asks a directory for the people of one block. */
export class LdapReader {
  private readonly target: SearchTarget;

  constructor(
    private readonly parts: {
      readonly plan: LdapPlan;
      readonly params: LdapParams;
      readonly pool: LdapPool;
      readonly owner: { readonly backendId: string; readonly secretKey: string };
      readonly affixes: Pick<SearchTarget, 'prefix' | 'suffix'>;
      readonly warnings: EntryWarnings;
    },
  ) {
    this.target = { ...parts.affixes, attributes: parts.plan.searched, charset: parts.params.charset };
  }

  /** All keys first, in order, then the records of the page: what a directory cannot do, done here. */
  page(query: RecordQuery, page: { position: string | null; limit: number; deadline: Deadline }): Promise<RecordPage> {
    return this.parts.pool.use(page.deadline, async (client) => {
      const { keys, isTruncated } = await this.keys(client, query);
      const behind = [...keys.keys()].filter((key) => page.position === null || key > page.position).sort(byCharacters);
      let records: StoredRecord[] = [];
      let done = 0;
      // A page without a single record would have no place behind it to go on from.
      while (records.length === 0 && done < behind.length) {
        const wanted = behind.slice(done, done + page.limit);
        const found = await this.lookUp(client, wanted.map((key) => keys.get(key) ?? key));
        records = wanted.flatMap((key) => found.get(key) ?? []).filter((record) => fits(record, query));
        done += page.limit;
      }
      return { records, positions: records.map(({ key }) => foldKey(key)), hasMore: behind.length > done, isTruncated };
    });
  }

  count(query: RecordQuery, cap: number, deadline: Deadline): Promise<number> {
    return this.parts.pool.use(deadline, async (client) => Math.min((await this.keys(client, query)).keys.size, cap + 1));
  }

  /** Throws LdapFailure where several entries have the login: nobody can say who is meant. */
  async find(key: string, deadline: Deadline): Promise<StoredRecord | null> {
    const twins = new Set<string>();
    const found = await this.parts.pool.use(deadline, (client) => this.lookUp(client, [key], twins));
    if (twins.has(foldKey(key))) throw new LdapFailure('refused-question', 'several entries have this login; the log names them');
    return found.get(foldKey(key)) ?? null;
  }

  findMany(keys: readonly string[], deadline: Deadline): Promise<ReadonlyMap<string, StoredRecord>> {
    return this.parts.pool.use(deadline, (client) => this.lookUp(client, keys));
  }

  /** One entry, read as the others are. */
  probe(deadline: Deadline): Promise<void> {
    return this.parts.pool.use(deadline, async (client) => {
      const { baseDn, scope } = this.parts.params;
      await client.search(baseDn, { scope, filter: this.among(present(this.parts.plan.key)), attributes: [...this.parts.plan.attributes], sizeLimit: 1 });
    });
  }

  /** Logins as stored, by their folded form. */
  private async keys(client: Client, query: RecordQuery): Promise<{ keys: Map<string, string>; isTruncated: boolean }> {
    const { plan, warnings } = this.parts;
    const { filter, decided } = this.conditions(query);
    const attributes = [plan.key, ...(decided ? plan.searched : [])];
    const isAsked = query.validity === 'valid' && plan.valid !== null;
    const all = await this.collect(client, isAsked && plan.valid ? allOf([filter, plan.valid]) : filter, attributes);
    const valid = query.validity === 'invalid' ? await this.validAmong(client, filter) : null;

    const members = await readMembers(client, this.parts.params);
    const keys = new Map<string, string>();
    let withoutLogin = 0;
    for (const entry of all.entries) {
      const key = entry.first(plan.key);
      if (key === '') withoutLogin += 1;
      else if (valid?.dns.has(entry.dn) || (members && !members.has(foldKey(key)))) continue;
      else if (decided && !isMeant(decided, plan.searched.flatMap((attribute) => [...entry.values(attribute)]), this.target)) continue;
      else keys.set(foldKey(key), key);
    }
    warnings.note('without-login', withoutLogin);
    return { keys, isTruncated: all.isTruncated || (valid?.isTruncated ?? false) };
  }

  private conditions(query: RecordQuery): { filter: Filter; decided: ReturnType<typeof askableOf>['decided'] } {
    const { plan, params } = this.parts;
    const { asked, decided } = query.text ? askableOf(query.text) : { asked: null, decided: null };
    const text = asked ? searchFilter(asked, this.target) : everything;
    const isWide = text === everything || decided !== null || (asked !== null && hasNegation(asked));
    const conditions = [
      isWide ? present(plan.key) : everything,
      text,
      query.customerId === null ? everything : equals(plan.customerId, query.customerId, params.charset),
      query.email === null ? everything : this.mailFilter(query.email),
    ];
    return { filter: this.among(allOf(conditions)), decided };
  }

  private mailFilter(email: string): Filter {
    return anyOf(this.parts.plan.mail.map((attribute) => equals(attribute, email, this.parts.params.charset)));
  }

  /** "Invalid" is everybody who is not found valid: a NOT of the operator's filter would lose who has no answer to it. */
  private async validAmong(client: Client, filter: Filter): Promise<{ dns: ReadonlySet<string>; isTruncated: boolean }> {
    const { valid, key } = this.parts.plan;
    const { entries, isTruncated } = await this.collect(client, valid ? allOf([filter, valid]) : filter, [key]);
    return { dns: new Set(entries.map(({ dn }) => dn)), isTruncated };
  }

  /** By the folded login; one that several entries have is nobody's. */
  private async lookUp(client: Client, keys: readonly string[], twins = new Set<string>()): Promise<Map<string, StoredRecord>> {
    const { plan, params, owner, warnings } = this.parts;
    const wanted = new Map(keys.filter((key) => key !== '' && !key.includes('\0')).map((key) => [foldKey(key), key]));
    const found = new Map<string, { readonly entry: LdapEntry; readonly isValid: boolean }>();
    for (const chunk of chunksOf([...wanted.values()], keysAtOnce)) {
      const filter = this.among(anyOf(chunk.map((key) => equals(plan.key, key, params.charset))));
      const { entries } = await this.collect(client, filter, plan.attributes);
      const valid = plan.valid && entries.length > 0 ? await this.validAmong(client, filter) : null;
      for (const entry of entries) {
        const key = foldKey(entry.first(plan.key));
        const twin = found.get(key);
        if (!wanted.has(key)) continue;
        if (twin) {
          twins.add(key);
          warnings.noteTwins(twin.entry.dn, entry.dn);
        }
        warnings.noteUnreadable(entry);
        found.set(key, { entry, isValid: valid?.dns.has(entry.dn) ?? true });
      }
    }
    const members = found.size > 0 ? await readMembers(client, params) : null;
    const kept = [...found].filter(([key]) => !twins.has(key) && (members === null || members.has(key)));
    return new Map(kept.map(([key, { entry, isValid }]) => [key, recordOf(entry, plan, { ...owner, isValid })]));
  }

  private among(filter: Filter): Filter {
    const { always } = this.parts.plan;
    return always ? allOf([filter, always]) : filter;
  }

  /** In pages (RFC 2696). Referrals to other servers come apart from the entries, and are not followed. */
  private async collect(client: Client, filter: Filter, attributes: readonly string[]): Promise<Collected> {
    const { baseDn, scope, charset } = this.parts.params;
    const search = { scope, filter, attributes: [...new Set(attributes)] };
    const entries: LdapEntry[] = [];
    try {
      for await (const page of client.searchPaginated(baseDn, { ...search, paged: { pageSize: entriesAtOnce } })) {
        entries.push(...page.searchEntries.map((entry) => readEntry(entry, charset)));
        if (entries.length > mostCollected) return { entries: entries.slice(0, mostCollected), isTruncated: true };
      }
      return { entries, isTruncated: false };
    } catch (error) {
      if (!(error instanceof SizeLimitExceededError)) throw error;
      // The server's own limit. The library keeps what came before it only if a limit is named.
      const { searchEntries } = await client.search(baseDn, { ...search, sizeLimit: mostCollected });
      return { entries: searchEntries.map((entry) => readEntry(entry, charset)), isTruncated: true };
    }
  }
}

function fits({ validity }: StoredRecord, query: RecordQuery): boolean {
  return query.validity === 'all' || (validity === 'valid') === (query.validity === 'valid');
}

function byCharacters(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function chunksOf<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}
