import type { BackendKind } from '../../../contract/backend.js';
import type { BackendBlock } from '../../configuration/index.js';
import type { Deadline } from '../../kernel/deadline.js';
import { BackendUnavailable } from '../../kernel/errors.js';
import type { Backend, BackendSettings, BackendTraits, CustomerIds, PasswordStore, RecordPage, RecordQuery, StoredRecord, Writer } from '../backend.js';
import { buildFieldMap, nothingKnown, type FieldMap } from '../field-map.js';
import { failureOf } from './database-failure.js';
import { DatabasePasswords } from './database-passwords.js';
import { DatabaseWriter } from './database-writer.js';
import { RecordReader } from './record-reader.js';
import type { OpenTable, TableSource } from './table-source.js';

/** What a database backend is made of. */
export interface DatabaseBackendParts {
  readonly block: BackendBlock;
  readonly source: TableSource;
  readonly isCaseSensitive: boolean;
  /** The connection is the block's own, and closed with it. */
  readonly ownsConnection: boolean;
  readonly secretKey: string;
}

/** Customer users or customers in one table or view. */
export class DatabaseBackend implements Backend {
  readonly id: string;
  readonly kind: BackendKind;
  readonly title: string;
  readonly driver = 'database';
  readonly traits: BackendTraits;
  readonly settings: BackendSettings;
  readonly writer: Writer | null;
  readonly passwords: PasswordStore | null;
  readonly customerIds: CustomerIds | null;
  private readonly unseenFields: FieldMap;

  constructor(private readonly parts: DatabaseBackendParts) {
    const { block } = parts;
    this.id = block.id;
    this.kind = block.kind;
    this.title = block.title;
    this.traits = { canList: true, minimumSearchLength: 0, listLimit: block.listLimit, isCountable: true };
    this.settings = {
      customerSupport: block.customerSupport,
      uniqueEmail: block.uniqueEmail,
      loginPrefix: block.loginPrefix,
      excludePrimaryCustomerId: block.excludePrimaryCustomerId,
    };
    this.unseenFields = buildFieldMap(block, nothingKnown);
    const open = async () => this.opened(await parts.source.get());
    this.writer = block.isReadOnly ? null : new DatabaseWriter(block.kind, open);
    this.customerIds = block.customerIdColumn === null ? null : (text, limit, { signal }) =>
      this.asking(({ reader, table }) => reader.customerIds(table.connection, text, { limit, signal }));
    this.passwords = this.unseenFields.roles.password === null ? null : new DatabasePasswords(block, open);
  }

  /** While the database was never reached, the Map as configured. */
  get fields(): FieldMap {
    return this.parts.source.current?.plan.fields ?? this.unseenFields;
  }

  search(query: RecordQuery, position: string | null, limit: number, { signal }: Deadline): Promise<RecordPage> {
    return this.asking(({ reader, table }) => reader.page(table.connection, query, { position, limit, signal }));
  }

  count(query: RecordQuery, cap: number, { signal }: Deadline): Promise<number> {
    return this.asking(({ reader, table }) => reader.count(table.connection, query, cap, signal));
  }

  find(key: string, { signal }: Deadline): Promise<StoredRecord | null> {
    return this.asking(({ reader, table }) => reader.find(table.connection, key, signal));
  }

  findMany(keys: readonly string[], { signal }: Deadline): Promise<ReadonlyMap<string, StoredRecord>> {
    return this.asking(({ reader, table }) => reader.findMany(table.connection, keys, signal));
  }

  probe({ signal }: Deadline): Promise<void> {
    return this.asking(({ reader, table }) => reader.probe(table.connection, signal));
  }

  async close(): Promise<void> {
    const { source, ownsConnection } = this.parts;
    if (ownsConnection) await source.current?.connection.close();
  }

  private async asking<T>(question: (opened: { reader: RecordReader; table: OpenTable }) => Promise<T>): Promise<T> {
    try {
      return await question(this.opened(await this.parts.source.get()));
    } catch (error) {
      throw new BackendUnavailable(this.id, failureOf(error));
    }
  }

  private opened(table: OpenTable): { reader: RecordReader; table: OpenTable } {
    const { block, isCaseSensitive, secretKey } = this.parts;
    const search = { prefix: block.searchPrefix, suffix: block.searchSuffix, isCaseSensitive };
    return { table, reader: new RecordReader(table, { backendId: block.id, secretKey }, search) };
  }
}
