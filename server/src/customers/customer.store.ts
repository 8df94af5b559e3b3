import { Injectable } from '@nestjs/common';
import { type Backend, CustomerDirectory, foldKey, type StoredRecord } from '../backends/index.js';
import type { Actor } from '../kernel/actor.js';
import type { Deadline } from '../kernel/deadline.js';
import { NotFound, VersionStale } from '../kernel/errors.js';
import { type AuditEntry, type Transaction, UnitOfWork } from '../platform/persistence/unit-of-work.js';
import { auditedChanges } from '../records/audit-changes.js';
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
  ) {}

  /** Throws `customer.taken`, also for another spelling of a known ID, and `customer.name-taken`. */
  async insert(actor: Actor, { backend, writer }: WritableBackend, values: Values, deadline: Deadline): Promise<StoredRecord> {
    const customerId = String(values[backend.fields.roles.key]);
    await this.directory.requireAbsent(customerId, deadline);
    return this.unitOfWork.run(actor, async (transaction) => {
      await transaction.lock([`customer:${foldKey(customerId)}`]);
      await this.directory.requireAbsentNow(transaction, customerId);
      const created = await writer.create(transaction, values);
      note(transaction, { backend, key: created.key, action: 'created', changes: auditedChanges(backend.fields, null, values) });
      return created;
    });
  }

  /** Throws `version.stale` with what is stored now, and `customer.name-taken`. */
  update(actor: Actor, { backend, writer }: WritableBackend, draft: ChangedCustomer): Promise<StoredRecord> {
    return this.unitOfWork.run(actor, async (transaction) => {
      const before = await writer.lock(transaction, draft.customerId);
      if (before === null) throw new NotFound();
      if (before.version !== draft.version) throw new VersionStale(toCustomer({ backend, record: before }));
      const changed = await writer.update(transaction, before.key, draft.values);
      const changes = auditedChanges(backend.fields, before.values, draft.values);
      note(transaction, { backend, key: changed.key, action: 'changed', changes });
      return changed;
    });
  }
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
