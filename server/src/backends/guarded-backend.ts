import type { BackendKind } from '../../contract/backend.js';
import type { Deadline } from '../kernel/deadline.js';
import type { Backend, BackendSettings, BackendTraits, CustomerIds, PasswordStore, RecordPage, RecordQuery, StoredRecord, Writer } from './backend.js';
import type { BackendHealth } from './backend-health.js';
import type { FieldMap } from './field-map.js';

/**
 * A backend that is asked by way of its health: whoever asks it asks within the deadline, and not at all while it is
 * left alone. What lies around it, such as a cache, may still answer by itself.
 */
export class GuardedBackend implements Backend {
  readonly id: string;
  readonly kind: BackendKind;
  readonly title: string;
  readonly driver: string;
  readonly settings: BackendSettings;
  readonly writer: Writer | null;
  readonly passwords: PasswordStore | null;
  readonly customerIds: CustomerIds | null;

  constructor(
    private readonly backend: Backend,
    private readonly health: BackendHealth,
  ) {
    this.id = backend.id;
    this.kind = backend.kind;
    this.title = backend.title;
    this.driver = backend.driver;
    this.settings = backend.settings;
    this.writer = backend.writer;
    this.passwords = backend.passwords;
    const { customerIds } = backend;
    this.customerIds = customerIds && ((text, limit, deadline) => health.ask(() => customerIds(text, limit, deadline), deadline));
  }

  get fields(): FieldMap {
    return this.backend.fields;
  }

  get traits(): BackendTraits {
    return this.backend.traits;
  }

  search(query: RecordQuery, position: string | null, limit: number, deadline: Deadline): Promise<RecordPage> {
    return this.health.ask(() => this.backend.search(query, position, limit, deadline), deadline);
  }

  /** A total is a courtesy: a backend that is slow at counting is not one that does not answer. */
  count(query: RecordQuery, cap: number, deadline: Deadline): Promise<number> {
    return this.health.ask(() => this.backend.count(query, cap, deadline), deadline, 'courtesy');
  }

  find(key: string, deadline: Deadline): Promise<StoredRecord | null> {
    return this.health.ask(() => this.backend.find(key, deadline), deadline);
  }

  findMany(keys: readonly string[], deadline: Deadline): Promise<ReadonlyMap<string, StoredRecord>> {
    return this.health.ask(() => this.backend.findMany(keys, deadline), deadline);
  }

  probe(deadline: Deadline): Promise<void> {
    return this.health.askNow(() => this.backend.probe(deadline), deadline);
  }

  close(): Promise<void> {
    return this.backend.close();
  }
}
