import { createHash } from 'node:crypto';
import type { FieldValue } from '../../../contract/field.js';
import type { Deadline } from '../../kernel/deadline.js';
import { BackendUnavailable, ValidationFailed } from '../../kernel/errors.js';
import type { Connection, Database } from '../../platform/persistence/database.js';
import type { Transaction } from '../../platform/persistence/unit-of-work.js';
import { foldKey, type Backend, type Changes, type MemberMove, type MovedMembers, type RecordPage, type RecordQuery, type StoredRecord, type Writer } from '../backend.js';
import type { FieldMap } from '../field-map.js';
import { objectTypeOf, type MappedDynamicField } from './dynamic-field.js';
import { DynamicFieldValues } from './dynamic-field-values.js';

/**
 * A backend and the dynamic fields of its Map. Their values are in the main database, wherever the records are, so
 * they are laid around any kind of backend; without such rows the backend stays as it is.
 */
export function withDynamicFields(backend: Backend, mapped: readonly MappedDynamicField[], main: Connection): Backend {
  return mapped.length === 0 ? backend : new BackendWithDynamicFields(backend, mapped, main);
}

class BackendWithDynamicFields implements Backend {
  readonly id = this.backend.id;
  readonly kind = this.backend.kind;
  readonly title = this.backend.title;
  readonly driver = this.backend.driver;
  readonly traits = this.backend.traits;
  readonly settings = this.backend.settings;
  readonly passwords = this.backend.passwords;
  readonly customerIds = this.backend.customerIds;
  readonly writer: Writer | null;
  private readonly layer: DynamicFieldLayer;

  constructor(
    private readonly backend: Backend,
    private readonly mapped: readonly MappedDynamicField[],
    private readonly main: Connection,
  ) {
    this.layer = new DynamicFieldLayer(objectTypeOf[backend.kind], mapped);
    this.writer = backend.writer && new WriterWithDynamicFields(backend.writer, this.layer);
  }

  get fields(): FieldMap {
    const { rows, roles } = this.backend.fields;
    return { rows: [...rows, ...this.mapped.map(({ row }) => row)].sort((one, other) => one.row - other.row), roles };
  }

  async search(query: RecordQuery, position: string | null, limit: number, deadline: Deadline): Promise<RecordPage> {
    const page = await this.backend.search(query, position, limit, deadline);
    return { ...page, records: await this.completed(page.records, deadline) };
  }

  count(query: RecordQuery, cap: number, deadline: Deadline): Promise<number> {
    return this.backend.count(query, cap, deadline);
  }

  async find(key: string, deadline: Deadline): Promise<StoredRecord | null> {
    const found = await this.backend.find(key, deadline);
    const [record] = await this.completed(found ? [found] : [], deadline);
    return record ?? null;
  }

  async findMany(keys: readonly string[], deadline: Deadline): Promise<ReadonlyMap<string, StoredRecord>> {
    const found = await this.backend.findMany(keys, deadline);
    const records = await this.completed([...found.values()], deadline);
    return new Map(records.map((record) => [foldKey(record.key), record]));
  }

  probe(deadline: Deadline): Promise<void> {
    return this.backend.probe(deadline);
  }

  close(): Promise<void> {
    return this.backend.close();
  }

  private async completed(records: readonly StoredRecord[], { signal }: Deadline): Promise<StoredRecord[]> {
    try {
      return await this.layer.complete(this.main, records, signal);
    } catch (error) {
      throw new BackendUnavailable(this.id, error);
    }
  }
}

class WriterWithDynamicFields implements Writer {
  constructor(
    private readonly writer: Writer,
    private readonly layer: DynamicFieldLayer,
  ) {}

  async create(transaction: Transaction, values: Changes): Promise<StoredRecord> {
    const { others, ours } = this.layer.divide(values);
    const record = await this.writer.create(transaction, others);
    await this.layer.write(transaction.database, record.key, ours);
    return this.completed(transaction, record);
  }

  async search(transaction: Transaction, query: RecordQuery, limit: number, deadline: Deadline): Promise<readonly StoredRecord[]> {
    return this.layer.complete(transaction.database, await this.writer.search(transaction, query, limit, deadline));
  }

  async lock(transaction: Transaction, key: string): Promise<StoredRecord | null> {
    const record = await this.writer.lock(transaction, key);
    return record && this.completed(transaction, record);
  }

  async update(transaction: Transaction, key: string, changes: Changes): Promise<StoredRecord> {
    const { others, ours } = this.layer.divide(changes);
    const record = await this.writer.update(transaction, key, others);
    if (record.key !== key) await this.layer.respell(transaction.database, key, record.key);
    await this.layer.write(transaction.database, record.key, ours);
    return this.completed(transaction, record);
  }

  moveMembers(transaction: Transaction, move: MemberMove, position: string | null, limit: number): Promise<MovedMembers> {
    return this.writer.moveMembers(transaction, move, position, limit);
  }

  countListed(customerId: string, deadline: Deadline): Promise<number> {
    return this.writer.countListed(customerId, deadline);
  }

  private async completed(transaction: Transaction, record: StoredRecord): Promise<StoredRecord> {
    const [completed] = await this.layer.complete(transaction.database, [record]);
    return completed ?? record;
  }
}

/** Between a record's values by variable and the rows of the helpdesk. */
class DynamicFieldLayer {
  private readonly values: DynamicFieldValues;

  constructor(
    objectType: string,
    private readonly mapped: readonly MappedDynamicField[],
  ) {
    this.values = new DynamicFieldValues(objectType, mapped.map(({ field }) => field.id));
  }

  async complete(database: Database, records: readonly StoredRecord[], signal?: AbortSignal): Promise<StoredRecord[]> {
    if (records.length === 0) return [];
    const stored = await this.values.read(database, records.map(({ key }) => key), signal);
    return records.map((record) => {
      const ofRecord = stored.get(foldKey(record.key));
      const ours = this.mapped.map(({ row, field }) => [row.variable, ofRecord?.get(field.id) ?? ''] as const);
      return { ...record, values: { ...record.values, ...Object.fromEntries(ours) }, version: versionOf(record.version, ours) };
    });
  }

  divide(values: Changes): { others: Changes; ours: ReadonlyMap<number, FieldValue> } {
    const entries = Object.entries(values);
    const ours = this.mapped.flatMap(({ row, field }) => {
      const value = values[row.variable];
      if (value === undefined) return [];
      if (row.isReadOnly) throw new ValidationFailed([{ path: `fields.${row.variable}`, code: 'read-only' }]);
      return [[field.id, value] as const];
    });
    const variables = new Set(this.mapped.map(({ row }) => row.variable));
    return { others: Object.fromEntries(entries.filter(([variable]) => !variables.has(variable))), ours: new Map(ours) };
  }

  async write(database: Database, key: string, ours: ReadonlyMap<number, FieldValue>): Promise<void> {
    if (ours.size > 0) await this.values.write(database, key, ours);
  }

  respell(database: Database, from: string, to: string): Promise<void> {
    return this.values.respell(database, from, to);
  }
}

/** The record's own version is keyed, so what is added to it needs no key of its own. */
function versionOf(version: string, ours: readonly (readonly [string, string])[]): string {
  return createHash('sha256').update(JSON.stringify([version, ours])).digest('base64url').slice(0, 22);
}
