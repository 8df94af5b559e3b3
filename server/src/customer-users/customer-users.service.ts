import { Inject, Injectable } from '@nestjs/common';
import type {
  CustomerUser, CustomerUserCreate, CustomerUserCreated, CustomerUserPage, CustomerUserPatch, CustomerUserQuery, PasswordChange,
  PasswordChanged,
} from '../../contract/customer-user.js';
import type { TwinQuery } from '../../contract/page.js';
import type { Issue } from '../../contract/problem.js';
import { CustomerUserDirectory, type OwnedRecord, type StoredRecord } from '../backends/index.js';
import type { Actor } from '../kernel/actor.js';
import type { Clock } from '../kernel/clock.js';
import { type Deadline, deadlineIn } from '../kernel/deadline.js';
import { DomainError, ValidationFailed, VersionStale } from '../kernel/errors.js';
import { type NewPassword, Passwords } from '../passwords/index.js';
import { CLOCK } from '../platform/persistence/persistence.module.js';
import { readDeadlineMs, writeDeadlineMs } from '../records/deadlines.js';
import { toDirectoryQuery, toPage } from '../records/record-page.js';
import { isSameValue, readChangedFields, readNewFields, type Values } from '../records/validate-fields.js';
import { backendForNew, writable, type WritableBackend } from '../records/writable-backend.js';
import { CustomerUserRules, keepsPasswords } from './customer-user-rules.js';
import { fromCustomerUser, toCustomerUser } from './customer-user.mapper.js';
import { CustomerUserStore } from './customer-user.store.js';
import { makeLogin, mostAttempts } from './make-login.js';
import { renameIssues } from './rename-issues.js';

@Injectable()
export class CustomerUsersService {
  constructor(
    private readonly directory: CustomerUserDirectory,
    private readonly rules: CustomerUserRules,
    private readonly store: CustomerUserStore,
    private readonly passwords: Passwords,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async list(query: CustomerUserQuery): Promise<CustomerUserPage> {
    return toPage(await this.directory.page(toDirectoryQuery(query), deadlineIn(readDeadlineMs)), toCustomerUser);
  }

  async get(login: string, { backend }: TwinQuery): Promise<CustomerUser> {
    return toCustomerUser(await this.directory.findWithTwins(login, backend ?? null, deadlineIn(readDeadlineMs)));
  }

  async create(actor: Actor, sent: CustomerUserCreate): Promise<CustomerUserCreated> {
    const deadline = deadlineIn(writeDeadlineMs);
    const target = backendForNew(this.directory.backends, sent.backendId);
    await this.rules.requireAnyCustomer(target.backend, deadline);
    const values = await this.acceptedValues(target, sent, deadline);
    const login = values[target.backend.fields.roles.key];
    if (login !== undefined) await this.directory.requireAbsent(String(login), deadline);
    const password = keepsPasswords(target.backend) ? await this.passwords.prepare(sent.password) : null;
    const draft = { values, password };
    const record = await (login === undefined
      ? this.insertUnderMadeLogin(actor, target, draft)
      : this.store.insert(actor, target, { ...draft, login: String(login) }, deadlineIn(writeDeadlineMs)));
    return { ...toCustomerUser({ ...target, record }), ...told(password) };
  }

  async change(actor: Actor, login: string, version: string, sent: CustomerUserPatch): Promise<CustomerUser> {
    const deadline = deadlineIn(writeDeadlineMs);
    const owned = await this.directory.findOwner(login, deadline);
    const target = writable(owned.backend);
    if (owned.record.version !== version) throw new VersionStale(toCustomerUser(owned));
    const values = await this.acceptedChanges(owned, sent, deadline);
    if (Object.keys(values).length === 0 && sent.password === undefined) return toCustomerUser(owned);
    const password = sent.password === undefined ? null : await this.passwords.prepare(sent.password);
    const draft = { login: owned.record.key, version, values, password, movesTickets: sent.moveTickets ?? true };
    return toCustomerUser({ ...target, record: await this.store.update(actor, target, draft, deadlineIn(writeDeadlineMs)) });
  }

  async setPassword(actor: Actor, login: string, { password: chosen }: PasswordChange): Promise<PasswordChanged> {
    const { backend, record } = await this.directory.findOwner(login, deadlineIn(readDeadlineMs));
    const target = writable(backend);
    if (!keepsPasswords(backend)) throw new ValidationFailed([{ path: 'password', code: 'unknown-field' }]);
    throwIfAny(this.rules.passwordIssues(backend, chosen, record.key));
    const password = await this.passwords.prepare(chosen);
    const { version } = await this.store.setPassword(actor, target, record.key, password);
    return { version, ...told(password) };
  }

  private async acceptedValues({ backend }: WritableBackend, sent: CustomerUserCreate, deadline: Deadline): Promise<Values> {
    const { roles } = backend.fields;
    const isLoginMade = backend.settings.loginPrefix !== null && (sent.login ?? '').trim() === '';
    const { login, ...others } = sent;
    const typed = fromCustomerUser(backend.fields, { ...others, ...(isLoginMade ? {} : { login }), validity: sent.validity ?? 'valid' });
    const isMade = new Set([roles.password ?? '', ...(isLoginMade ? [roles.key] : [])]);
    const read = readNewFields(backend, typed, isMade);
    const customer = await this.rules.customerOf(backend, read.values, deadline);
    throwIfAny([
      ...read.issues,
      ...(await this.rules.emailIssues(backend, read.values, null)),
      ...customer.issues,
      ...this.rules.passwordIssues(backend, sent.password, login ?? ''),
    ]);
    return customer.values;
  }

  private async acceptedChanges({ backend, record }: OwnedRecord, sent: CustomerUserPatch, deadline: Deadline): Promise<Values> {
    const read = readChangedFields(backend, fromCustomerUser(backend.fields, sent), record.values);
    const customer = await this.rules.customerOf(backend, read.values, deadline);
    throwIfAny([
      ...read.issues,
      ...renameIssues({ backend, record }, read.values),
      ...(await this.rules.emailIssues(backend, read.values, record)),
      ...customer.issues,
      ...this.rules.passwordIssues(backend, sent.password, record.key),
    ]);
    return withoutUnchanged(customer.values, record);
  }

  /** AutoLoginCreation: makes logins until one is free. */
  private async insertUnderMadeLogin(
    actor: Actor,
    target: WritableBackend,
    { values, password }: { values: Values; password: NewPassword | null },
  ): Promise<StoredRecord> {
    const { fields, settings } = target.backend;
    const deadline = deadlineIn(writeDeadlineMs);
    for (let attempt = 0; ; attempt++) {
      const login = makeLogin(settings.loginPrefix ?? '', this.clock.now(), attempt);
      try {
        await this.directory.requireAbsent(login, deadline);
        return await this.store.insert(actor, target, { login, values: { ...values, [fields.roles.key]: login }, password }, deadline);
      } catch (error) {
        const isTaken = error instanceof DomainError && error.code === 'login.taken';
        if (!isTaken || attempt === mostAttempts) throw error;
      }
    }
  }
}

function throwIfAny(issues: readonly Issue[]): void {
  if (issues.length > 0) throw new ValidationFailed(issues);
}

function told(password: NewPassword | null): { generatedPassword?: string } {
  return password === null || password.generated === null ? {} : { generatedPassword: password.generated };
}

/** A customer named in another spelling is the same customer. */
function withoutUnchanged(values: Values, { values: stored }: StoredRecord): Values {
  return Object.fromEntries(Object.entries(values).filter(([variable, value]) => !isSameValue(value, stored[variable] ?? null)));
}
