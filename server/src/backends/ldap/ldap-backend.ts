import type { BackendBlock } from '../../configuration/index.js';
import type { Deadline } from '../../kernel/deadline.js';
import { BackendUnavailable } from '../../kernel/errors.js';
import type { Backend, BackendSettings, BackendTraits, CustomerIds, RecordPage, RecordQuery, StoredRecord } from '../backend.js';
import type { FieldMap } from '../field-map.js';
import { failureOf } from './ldap-failure.js';
import type { LdapPool } from './ldap-pool.js';
import type { LdapReader } from './ldap-reader.js';

/** Customer users in a directory: looked up and searched, never written. */
export class LdapBackend implements Backend {
  readonly id: string;
  readonly kind = 'customer-user';
  readonly title: string;
  readonly driver = 'ldap';
  readonly traits: BackendTraits;
  readonly settings: BackendSettings;
  readonly writer = null;
  readonly passwords = null;

  constructor(
    block: BackendBlock,
    readonly fields: FieldMap,
    private readonly reader: LdapReader,
    private readonly pool: LdapPool,
  ) {
    this.id = block.id;
    this.title = block.title;
    this.traits = { canList: true, minimumSearchLength: 0, listLimit: block.listLimit, isCountable: true };
    this.settings = {
      customerSupport: block.customerSupport,
      uniqueEmail: block.uniqueEmail,
      loginPrefix: null,
      excludePrimaryCustomerId: block.excludePrimaryCustomerId,
    };
  }

  search(query: RecordQuery, position: string | null, limit: number, deadline: Deadline): Promise<RecordPage> {
    return this.asking(this.reader.page(query, { position, limit, deadline }));
  }

  count(query: RecordQuery, cap: number, deadline: Deadline): Promise<number> {
    return this.asking(this.reader.count(query, cap, deadline));
  }

  find(key: string, deadline: Deadline): Promise<StoredRecord | null> {
    return this.asking(this.reader.find(key, deadline));
  }

  findMany(keys: readonly string[], deadline: Deadline): Promise<ReadonlyMap<string, StoredRecord>> {
    return this.asking(this.reader.findMany(keys, deadline));
  }

  readonly customerIds: CustomerIds = (text, limit, deadline) => this.asking(this.reader.customerIds(text, limit, deadline));

  probe(deadline: Deadline): Promise<void> {
    return this.asking(this.reader.probe(deadline));
  }

  async close(): Promise<void> {
    this.pool.close();
  }

  private async asking<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      throw new BackendUnavailable(this.id, failureOf(error));
    }
  }
}
