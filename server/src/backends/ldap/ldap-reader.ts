import type { Client, Filter } from 'ldapts';
import type { Clock } from '../../kernel/clock.js';
import type { Deadline } from '../../kernel/deadline.js';
import { foldKey, type RecordPage, type RecordQuery, type StoredRecord } from '../backend.js';
import { AmbiguousKey } from '../store-failure.js';
import type { EntryWarnings } from './entry-warnings.js';
import { GroupMembers } from './group-members.js';
import { HeldKeys, inOrder, placeBehind, type KeyList } from './held-keys.js';
import { recordOf, type LdapEntry } from './ldap-entry.js';
import { allOf, anyOf, equals, everything, present, searchFilter, type SearchTarget } from './ldap-filter.js';
import type { LdapParams } from './ldap-params.js';
import type { LdapPlan } from './ldap-plan.js';
import type { LdapPool } from './ldap-pool.js';
import { gather, mostEntries, readAll, type EntrySearch, type Gathered, type ReadingLimits } from './ldap-search.js';
import { askableOf, hasNegation, isMeant } from './negated-words.js';

/** Logins in one filter at most. */
const keysAtOnce = 100;
/** People whose customer IDs are gathered at most. */
const mostForIds = 10_000;

/** Asks a directory for the people of one block. */
export class LdapReader {
  private readonly target: SearchTarget;
  private readonly members: GroupMembers;
  private readonly held: HeldKeys;

  constructor(
    private readonly parts: {
      readonly plan: LdapPlan;
      readonly params: LdapParams;
      readonly pool: LdapPool;
      readonly owner: { readonly backendId: string; readonly secretKey: string };
      readonly affixes: Pick<SearchTarget, 'prefix' | 'suffix'>;
      readonly warnings: EntryWarnings;
      readonly clock: Clock;
    },
  ) {
    this.target = { ...parts.affixes, attributes: parts.plan.searched, charset: parts.params.charset };
    this.members = new GroupMembers(parts.params, parts.clock);
    this.held = new HeldKeys(parts.clock);
  }

  /** All keys first, in order, then the records of the page: what a directory cannot do, done here. */
  page(query: RecordQuery, { position, limit, deadline }: { position: string | null; limit: number; deadline: Deadline }): Promise<RecordPage> {
    return this.parts.pool.use(deadline, async (client) => {
      const list = await this.listFor(client, query, position, deadline);
      let records: StoredRecord[] = [];
      let done = placeBehind(list, position);
      // A page without a single record would have no place behind it to go on from.
      while (records.length === 0 && done < list.keys.length) {
        const wanted = list.keys.slice(done, done + limit);
        const found = await this.lookUp(client, wanted);
        records = wanted.flatMap((key) => found.get(foldKey(key)) ?? []).filter((record) => fits(record, query));
        done += limit;
      }
      return { records, positions: records.map(({ key }) => foldKey(key)), hasMore: done < list.keys.length, isTruncated: list.isTruncated };
    });
  }

  /** After a first page it is known already. */
  count(query: RecordQuery, cap: number, deadline: Deadline): Promise<number> {
    const held = this.held.get(JSON.stringify(query));
    if (held) return Promise.resolve(Math.min(held.keys.length, cap + 1));
    return this.parts.pool.use(deadline, async (client) => (await this.keys(client, query, { most: cap + 1, until: halfOf(deadline) })).value.size);
  }

  /** Throws AmbiguousKey where several entries have the login: nobody can say who is meant. */
  async find(key: string, deadline: Deadline): Promise<StoredRecord | null> {
    const twins = new Set<string>();
    const found = await this.parts.pool.use(deadline, (client) => this.lookUp(client, [key], twins));
    if (twins.has(foldKey(key))) throw new AmbiguousKey('several entries have this login; the log names them');
    return found.get(foldKey(key)) ?? null;
  }

  findMany(keys: readonly string[], deadline: Deadline): Promise<ReadonlyMap<string, StoredRecord>> {
    return this.parts.pool.use(deadline, (client) => this.lookUp(client, keys));
  }

  /** Of valid people, by a part of the ID; no more people are looked at than a list would offer. */
  customerIds(text: string, limit: number, deadline: Deadline): Promise<readonly string[]> {
    const { plan, pool } = this.parts;
    const target = { ...this.target, attributes: [plan.customerId], prefix: '*', suffix: '*' };
    const filter = text === '' ? present(plan.customerId) : searchFilter({ kind: 'word', pattern: [{ text }] }, target);
    const asked = this.among(plan.valid ? allOf([filter, plan.valid]) : filter);
    return pool.use(deadline, async (client) => {
      const members = await this.members.read(client);
      const { value } = await gather(client, this.question(asked, [plan.key, plan.customerId]), {
        limits: { most: mostForIds, until: halfOf(deadline) },
        begin: () => new Map<string, string>(),
        add: (ids, entry) => {
          const id = entry.first(plan.customerId);
          if (members === null || members.has(foldKey(entry.first(plan.key)))) ids.set(foldKey(id), id);
        },
      });
      return [...value.values()].filter((id) => id !== '').sort().slice(0, limit);
    });
  }

  /** One entry, read as the others are. */
  probe(deadline: Deadline): Promise<void> {
    return this.parts.pool.use(deadline, async (client) => {
      const { baseDn, scope } = this.parts.params;
      await client.search(baseDn, { scope, filter: this.among(present(this.parts.plan.key)), attributes: [...this.parts.plan.attributes], sizeLimit: 1 });
    });
  }

  /** The pages behind the first go on in what it found. */
  private async listFor(client: Client, query: RecordQuery, position: string | null, deadline: Deadline): Promise<KeyList> {
    const question = JSON.stringify(query);
    const held = position === null ? this.held.getFresh(question) : this.held.get(question);
    if (held) return held;
    const start = performance.now();
    const { value, isTruncated } = await this.keys(client, query, { most: mostEntries, until: halfOf(deadline) });
    const list = inOrder(value, isTruncated);
    this.held.put(question, list, performance.now() - start);
    return list;
  }

  /** Logins as stored, by their folded form. */
  private async keys(client: Client, query: RecordQuery, limits: ReadingLimits): Promise<Gathered<Map<string, string>>> {
    const { plan, warnings } = this.parts;
    const { filter, decided } = this.conditions(query);
    const members = await this.members.read(client);
    const valid = query.validity === 'invalid' ? await this.validAmong(client, filter, limits) : null;
    const asked = query.validity === 'valid' && plan.valid ? allOf([filter, plan.valid]) : filter;
    const attributes = [plan.key, ...(decided ? plan.searched : [])];
    const found = await gather(client, this.question(asked, attributes), {
      limits,
      begin: () => ({ keys: new Map<string, string>(), withoutLogin: 0 }),
      add: (into, entry) => {
        const key = entry.first(plan.key);
        const folded = foldKey(key);
        if (key === '') into.withoutLogin += 1;
        else if (valid?.value.has(entry.dn) || (members && !members.has(folded))) return;
        else if (decided && !isMeant(decided, plan.searched.flatMap((attribute) => [...entry.values(attribute)]), this.target)) return;
        else into.keys.set(folded, folded === key ? folded : key);
      },
    });
    warnings.note('without-login', found.value.withoutLogin);
    return { value: found.value.keys, isTruncated: found.isTruncated || (valid?.isTruncated ?? false) };
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
  private validAmong(client: Client, filter: Filter, limits?: ReadingLimits): Promise<Gathered<Set<string>>> {
    const { valid, key } = this.parts.plan;
    const asked = valid ? allOf([filter, valid]) : filter;
    return gather(client, this.question(asked, [key]), { limits, begin: () => new Set<string>(), add: (dns, { dn }) => void dns.add(dn) });
  }

  /** By the folded login; one that several entries have is nobody's. */
  private async lookUp(client: Client, keys: readonly string[], twins = new Set<string>()): Promise<Map<string, StoredRecord>> {
    const { plan, params, owner, warnings } = this.parts;
    const wanted = new Map(keys.filter((key) => key !== '' && !key.includes('\0')).map((key) => [foldKey(key), key]));
    const found = new Map<string, { readonly entry: LdapEntry; readonly isValid: boolean }>();
    for (const chunk of chunksOf([...wanted.values()], keysAtOnce)) {
      const filter = this.among(anyOf(chunk.map((key) => equals(plan.key, key, params.charset))));
      const entries = await readAll(client, this.question(filter, plan.attributes));
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
        found.set(key, { entry, isValid: valid?.value.has(entry.dn) ?? true });
      }
    }
    const members = found.size > 0 ? await this.members.read(client) : null;
    const kept = [...found].filter(([key]) => !twins.has(key) && (members === null || members.has(key)));
    return new Map(kept.map(([key, { entry, isValid }]) => [key, recordOf(entry, plan, { ...owner, isValid })]));
  }

  private among(filter: Filter): Filter {
    const { always } = this.parts.plan;
    return always ? allOf([filter, always]) : filter;
  }

  private question(filter: Filter, attributes: readonly string[]): EntrySearch {
    const { baseDn, scope, charset } = this.parts.params;
    return { base: baseDn, scope, charset, filter, attributes };
  }
}

/** Reading keys leaves the other half of the time for the records: a part that is shown is worth more than all too late. */
function halfOf(deadline: Deadline): number {
  return performance.now() + deadline.remainingMs() / 2;
}

function fits({ validity }: StoredRecord, query: RecordQuery): boolean {
  return query.validity === 'all' || (validity === 'valid') === (query.validity === 'valid');
}

function chunksOf<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}
