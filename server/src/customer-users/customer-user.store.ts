import { Injectable } from '@nestjs/common';
import { type Backend, CustomerUserDirectory, foldKey, type StoredRecord, type Writer } from '../backends/index.js';
import type { Actor } from '../kernel/actor.js';
import type { Deadline } from '../kernel/deadline.js';
import { DomainError, NotFound, ValidationFailed, VersionStale } from '../kernel/errors.js';
import { type NewPassword, PreferencesRepository } from '../passwords/index.js';
import { type AuditEntry, type Transaction, UnitOfWork } from '../platform/persistence/unit-of-work.js';
import { auditedChanges, auditedSecret } from '../records/audit-changes.js';
import { KeyReferencesRepository, rowsAtOnce } from '../records/key-references.repository.js';
import { textOf } from '../records/record-fields.js';
import { keyLock, RenamedKeysRepository } from '../records/renamed-keys.repository.js';
import { TicketCustomersRepository } from '../records/ticket-customers.repository.js';
import type { Values } from '../records/validate-fields.js';
import type { WritableBackend } from '../records/writable-backend.js';
import { toCustomerUser } from './customer-user.mapper.js';

export interface NewCustomerUser {
  readonly login: string;
  readonly values: Values;
  readonly password: NewPassword | null;
}

export interface ChangedCustomerUser {
  readonly login: string;
  /** What the sender saw; anything else in store is a conflict. */
  readonly version: string;
  readonly values: Values;
  readonly password: NewPassword | null;
  /** Whether the person's tickets follow to another customer. */
  readonly movesTickets: boolean;
}

/** Writes one customer user with all that belongs to the change, in one transaction. */
@Injectable()
export class CustomerUserStore {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly directory: CustomerUserDirectory,
    private readonly preferences: PreferencesRepository,
    private readonly references: KeyReferencesRepository,
    private readonly renamedKeys: RenamedKeysRepository,
    private readonly tickets: TicketCustomersRepository,
  ) {}

  /** Throws `login.taken` and `email.taken`; of two writers of the same name, the second sees what the first wrote. */
  insert(actor: Actor, target: WritableBackend, draft: NewCustomerUser, deadline: Deadline): Promise<StoredRecord> {
    const { backend, writer } = target;
    const email = String(draft.values[backend.fields.roles.email ?? ''] ?? '');
    return this.unitOfWork.run(actor, async (transaction) => {
      const customerId = customerIn(backend, draft.values);
      await transaction.lock([keyLock('customer-user', draft.login), emailLock(backend, email), ...customerLocks(customerId)]);
      await this.renamedKeys.take(transaction, 'customer-user', draft.login);
      await this.requireCustomerNow(transaction, backend, customerId);
      await this.directory.requireAbsentNow(transaction, draft.login);
      await requireFreeEmail(transaction, target, { email, login: draft.login }, deadline);
      const created = await writer.create(transaction, draft.values);
      await this.keepPassword(transaction, backend, created.key, draft.password);
      const changes = [...auditedChanges(backend.fields, null, draft.values), ...secretsOf(backend, draft.password)];
      note(transaction, { backend, key: created.key, action: 'created', changes });
      return draft.password === null ? created : reread(transaction, writer, created.key);
    });
  }

  /** Throws `version.stale` with what is stored now, and `email.taken`. */
  update(actor: Actor, target: WritableBackend, draft: ChangedCustomerUser, deadline: Deadline): Promise<StoredRecord> {
    const { backend, writer } = target;
    const { email: emailVariable } = backend.fields.roles;
    const email = emailVariable === null ? undefined : draft.values[emailVariable];
    return this.unitOfWork.run(actor, async (transaction) => {
      const customerId = customerIn(backend, draft.values);
      await transaction.lock([...(email === undefined ? [] : [emailLock(backend, String(email))]), ...customerLocks(customerId)]);
      await this.requireCustomerNow(transaction, backend, customerId);
      const before = await locked(transaction, writer, draft.login);
      if (before.version !== draft.version) throw new VersionStale(toCustomerUser({ backend, record: before }));
      if (email !== undefined && foldKey(String(email)) !== foldKey(textOf(before, emailVariable))) {
        await requireFreeEmail(transaction, target, { email: String(email), login: before.key }, deadline);
      }
      const changed = isEmpty(draft.values) ? before : await writer.update(transaction, before.key, draft.values);
      if (changed.key !== before.key) await this.references.respell(transaction, { from: before.key, to: changed.key });
      if (customerId !== null && draft.movesTickets) await this.moveTickets(transaction, changed.key, { from: textOf(before, backend.fields.roles.customerId), to: customerId });
      await this.keepPassword(transaction, backend, changed.key, draft.password);
      const changes = [...auditedChanges(backend.fields, before.values, draft.values), ...secretsOf(backend, draft.password)];
      note(transaction, { backend, key: changed.key, action: isEmpty(draft.values) ? 'password-changed' : 'changed', changes });
      return draft.password === null ? changed : reread(transaction, writer, changed.key);
    });
  }

  setPassword(actor: Actor, { backend, writer }: WritableBackend, login: string, password: NewPassword): Promise<StoredRecord> {
    return this.unitOfWork.run(actor, async (transaction) => {
      const { key } = await locked(transaction, writer, login);
      await this.keepPassword(transaction, backend, key, password);
      note(transaction, { backend, key, action: 'password-changed', changes: secretsOf(backend, password) });
      return reread(transaction, writer, key);
    });
  }

  /** Found a moment ago, and renamed since then: what was chosen is not there any more. */
  private async requireCustomerNow(transaction: Transaction, { settings }: Backend, customerId: string | null): Promise<void> {
    if (customerId === null || !settings.customerSupport) return;
    if (!(await this.renamedKeys.isGivenUp(transaction, 'customer', customerId))) return;
    throw new ValidationFailed([{ path: 'customerId', code: 'customer.unknown' }]);
  }

  /** Those under the customer that is left. Without one the helpdesk would take all of the person's tickets, we take none. */
  private async moveTickets(transaction: Transaction, login: string, move: { from: string; to: string }): Promise<void> {
    if (move.from === '' || move.from === move.to) return;
    while ((await this.tickets.move(transaction, { kind: 'customer-of', login, move }, rowsAtOnce)) === rowsAtOnce);
  }

  private async keepPassword(transaction: Transaction, backend: Backend, login: string, password: NewPassword | null): Promise<void> {
    if (password === null) return;
    await backend.passwords?.set(transaction, login, password.hash);
    await this.preferences.notePasswordChange(transaction, login);
  }
}

/** CustomerUserEmailUniqCheck: nobody else of the same backend, valid or not, may have the address. */
async function requireFreeEmail(
  transaction: Transaction,
  { backend, writer }: WritableBackend,
  { email, login }: { email: string; login: string },
  deadline: Deadline,
): Promise<void> {
  if (!backend.settings.uniqueEmail || email === '') return;
  const holders = await writer.search(transaction, { text: null, customerId: null, email, validity: 'all' }, 2, deadline);
  if (holders.every(({ key }) => foldKey(key) === foldKey(login))) return;
  throw new DomainError('email.taken', { issues: [{ path: 'email', code: 'taken' }] });
}

function note(
  transaction: Transaction,
  { backend, key, action, changes }: { backend: Backend; key: string; action: AuditEntry['action']; changes: AuditEntry['changes'] },
): void {
  transaction.audit({ subject: { kind: 'customer-user', key }, action, changes });
  transaction.publish({
    topic: `customer-user.${action}`,
    subject: key,
    payload: { login: key, backendId: backend.id, variables: changes.map(({ variable }) => variable) },
  });
}

async function locked(transaction: Transaction, writer: Writer, key: string): Promise<StoredRecord> {
  const record = await writer.lock(transaction, key);
  if (record === null) throw new NotFound();
  return record;
}

/** Setting a password changes the version, which goes into the answer. */
const reread = locked;

function secretsOf({ fields: { roles } }: Backend, password: NewPassword | null): AuditEntry['changes'] {
  return password === null || roles.password === null ? [] : [auditedSecret(roles.password)];
}

/** The customer ID that is about to be written, if any is. */
function customerIn({ fields: { roles } }: Backend, values: Values): string | null {
  const value = roles.customerId === null ? undefined : values[roles.customerId];
  return value === undefined || value === null || value === '' ? null : String(value);
}

function customerLocks(customerId: string | null): string[] {
  return customerId === null ? [] : [keyLock('customer', customerId)];
}

function emailLock(backend: Backend, email: string): string {
  return `email:${backend.id}:${foldKey(email)}`;
}

function isEmpty(values: Values): boolean {
  return Object.keys(values).length === 0;
}
