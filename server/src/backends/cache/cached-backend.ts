import type { BackendKind } from '../../../contract/backend.js';
import type { Deadline } from '../../kernel/deadline.js';
import {
  foldKey, type Backend, type BackendSettings, type BackendTraits, type CustomerIds, type PasswordStore, type RecordPage, type RecordQuery, type StoredRecord,
  type Writer,
} from '../backend.js';
import type { FieldMap } from '../field-map.js';
import type { Generations } from './generations.js';
import { Memory } from './memory.js';
import { NotingPasswords, NotingWriter } from './noting-writer.js';

/** Of one backend: a record takes a kilobyte or two, a page up to a thousand of them. */
const roomForRecords = { entries: 20_000, bytes: 24 * 1024 * 1024 };
const roomForPages = { entries: 2_000, bytes: 24 * 1024 * 1024 };
const roomForCounts = { entries: 2_000, bytes: 1024 * 1024 };

export interface CacheSurroundings {
  readonly generations: Generations;
  /** Milliseconds that never go back. */
  readonly now: () => number;
}

/** Past the memory, for what a stale answer would decide wrongly. A cache is the outermost layer. */
export function findNow(backend: Backend, key: string, deadline: Deadline): Promise<StoredRecord | null> {
  return backend instanceof CachedBackend ? backend.findNow(key, deadline) : backend.find(key, deadline);
}

/**
 * A backend that remembers what it answered, for CacheTTL at most. Failures and answers that are cut off are never
 * kept. That somebody is not there is kept for lists, which ask for hundreds of logins to see whose they are, and not
 * for whoever asks for one: a person added to a directory is found at once.
 */
export class CachedBackend implements Backend {
  readonly id: string;
  readonly kind: BackendKind;
  readonly title: string;
  readonly driver: string;
  readonly settings: BackendSettings;
  readonly writer: Writer | null;
  readonly passwords: PasswordStore | null;
  readonly customerIds: CustomerIds | null;
  private readonly pages: Memory<RecordPage>;
  private readonly counts: Memory<number>;
  /** `null`: nobody has this key. */
  private readonly records: Memory<StoredRecord | null>;
  private readonly generations: Generations;

  constructor(
    private readonly live: Backend,
    seconds: number,
    { generations, now }: CacheSurroundings,
  ) {
    const { id, kind, title, driver, settings, writer, passwords } = live;
    this.id = id;
    this.kind = kind;
    this.title = title;
    this.driver = driver;
    this.settings = settings;
    this.generations = generations;
    this.customerIds = live.customerIds;
    const note = () => generations.advance(id);
    this.writer = writer && new NotingWriter(writer, note);
    this.passwords = passwords && new NotingPasswords(passwords, note);
    const milliseconds = seconds * 1000;
    this.pages = new Memory({ ...roomForPages, milliseconds }, now);
    this.counts = new Memory({ ...roomForCounts, milliseconds }, now);
    this.records = new Memory({ ...roomForRecords, milliseconds }, now);
  }

  get fields(): FieldMap {
    return this.live.fields;
  }

  get traits(): BackendTraits {
    return this.live.traits;
  }

  async search(query: RecordQuery, position: string | null, limit: number, deadline: Deadline): Promise<RecordPage> {
    const generation = await this.generations.current(this.id);
    const name = JSON.stringify([query, position, limit]);
    const known = this.pages.recall(generation, name);
    if (known !== undefined) return known;
    const page = await this.live.search(query, position, limit, deadline);
    if (page.isTruncated !== true) this.pages.keep(generation, name, page);
    return page;
  }

  async count(query: RecordQuery, cap: number, deadline: Deadline): Promise<number> {
    const generation = await this.generations.current(this.id);
    const name = JSON.stringify([query, cap]);
    const known = this.counts.recall(generation, name);
    if (known !== undefined) return known;
    const count = await this.live.count(query, cap, deadline);
    this.counts.keep(generation, name, count);
    return count;
  }

  async find(key: string, deadline: Deadline): Promise<StoredRecord | null> {
    const generation = await this.generations.current(this.id);
    const known = this.records.recall(generation, foldKey(key));
    if (known) return known;
    const record = await this.live.find(key, deadline);
    this.records.keep(generation, foldKey(key), record);
    return record;
  }

  /** Whoever finds that a record is another than the one remembered ends what is remembered. */
  async findNow(key: string, deadline: Deadline): Promise<StoredRecord | null> {
    const generation = await this.generations.current(this.id);
    const known = this.records.recall(generation, foldKey(key));
    const record = await this.live.find(key, deadline);
    if (known && known.version !== record?.version) await this.generations.advance(this.id);
    return record;
  }

  async findMany(keys: readonly string[], deadline: Deadline): Promise<ReadonlyMap<string, StoredRecord>> {
    const generation = await this.generations.current(this.id);
    const known = new Map(keys.map((key) => [foldKey(key), this.records.recall(generation, foldKey(key))] as const));
    const missing = keys.filter((key) => known.get(foldKey(key)) === undefined);
    const found = missing.length === 0 ? new Map<string, StoredRecord>() : await this.live.findMany(missing, deadline);
    for (const key of missing) this.records.keep(generation, foldKey(key), found.get(foldKey(key)) ?? null);
    return new Map([...[...known].flatMap(([key, record]) => (record ? [[key, record] as const] : [])), ...found]);
  }

  probe(deadline: Deadline): Promise<void> {
    return this.live.probe(deadline);
  }

  close(): Promise<void> {
    return this.live.close();
  }
}
