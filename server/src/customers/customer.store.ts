import { Injectable } from '@nestjs/common';
import { type Backend, CustomerDirectory, foldKey, type StoredRecord } from '../backends/index.js';
import type { Actor } from '../kernel/actor.js';
import type { Deadline } from '../kernel/deadline.js';
import { DomainError, NotFound, VersionStale } from '../kernel/errors.js';
import { type AuditEntry, type Transaction, UnitOfWork } from '../platform/persistence/unit-of-work.js';
import { auditedChanges } from '../records/audit-changes.js';
import { keyLock, RenamedKeysRepository } from '../records/renamed-keys.repository.js';
import type { Values } from '../records/validate-fields.js';
import type { WritableBackend } from '../records/writable-backend.js';
import { toCustomer } from './customer.mapper.js';

export interface ChangedCustomer {
  readonly customerId: string;
  /** What the sender saw; anything else in store is a conflict. */
  readonly version: string;
  readonly values: Values;
}

/** Writes one customer with all that belongs to the change, in one transaction. */
@Injectable()
export class CustomerStore {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly directory: CustomerDirectory,
    private readonly renamedKeys: RenamedKeysRepository,
  ) {}

  /** Throws `customer.taken`, also for another spelling of a known ID, and `customer.name-taken`. */
  async insert(actor: Actor, target: WritableBackend, values: Values, deadline: Deadline): Promise<StoredRecord> {
    const { backend, writer } = target;
    const customerId = String(values[backend.fields.roles.key]);
    await this.directory.requireAbsent(customerId, deadline);
    return this.unitOfWork.run(actor, async (transaction) => {
      await transaction.lock([keyLock('customer', customerId), ...nameLocks(backend, values)]);
      await this.renamedKeys.take(transaction, 'customer', customerId);
      await this.directory.requireAbsentNow(transaction, customerId);
      await requireFreeName(transaction, target, { values, customerId }, deadline);
      const created = await writer.create(transaction, values);
      note(transaction, { backend, key: created.key, action: 'created', changes: auditedChanges(backend.fields, null, values) });
      return created;
    });
  }

  /** Throws `version.stale` with what is stored now, and `customer.name-taken`. */
  update(actor: Actor, target: WritableBackend, draft: ChangedCustomer, deadline: Deadline): Promise<StoredRecord> {
    const { backend, writer } = target;
    return this.unitOfWork.run(actor, async (transaction) => {
      await transaction.lock(nameLocks(backend, draft.values));
      const before = await writer.lock(transaction, draft.customerId);
      if (before === null) throw new NotFound();
      if (before.version !== draft.version) throw new VersionStale(toCustomer({ backend, record: before }));
      await requireFreeName(transaction, target, { values: draft.values, customerId: before.key }, deadline);
      const changed = await writer.update(transaction, before.key, draft.values);
      const changes = auditedChanges(backend.fields, before.values, draft.values);
      note(transaction, { backend, key: changed.key, action: 'changed', changes });
      return changed;
    });
  }
}

/** Two names that differ in case only are one name, on every engine. */
async function requireFreeName(
  transaction: Transaction,
  { backend, writer }: WritableBackend,
  { values, customerId }: { values: Values; customerId: string },
  deadline: Deadline,
): Promise<void> {
  const name = nameIn(backend, values);
  if (name === null) return;
  const query = { text: null, customerId: null, email: null, name, validity: 'all' } as const;
  const holders = await writer.search(transaction, query, 2, deadline);
  if (holders.every(({ key }) => foldKey(key) === foldKey(customerId))) return;
  throw new DomainError('customer.name-taken', { issues: [{ path: 'name', code: 'taken' }] });
}

function nameLocks(backend: Backend, values: Values): string[] {
  const name = nameIn(backend, values);
  return name === null ? [] : [`customer-name:${backend.id}:${foldKey(name)}`];
}

/** The name that is about to be written, if any is. */
function nameIn({ fields: { roles } }: Backend, values: Values): string | null {
  const name = roles.name === null ? undefined : values[roles.name];
  return name === undefined ? null : String(name ?? '');
}

function note(
  transaction: Transaction,
  { backend, key, action, changes }: { backend: Backend; key: string; action: 'created' | 'changed'; changes: AuditEntry['changes'] },
): void {
  transaction.audit({ subject: { kind: 'customer', key }, action, changes });
  transaction.publish({
    topic: `customer.${action}`,
    subject: key,
    payload: { customerId: key, backendId: backend.id, variables: changes.map(({ variable }) => variable) },
  });
}
