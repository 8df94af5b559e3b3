import { Injectable } from '@nestjs/common';
import type { BackendKind } from '../../contract/backend.js';
import type { CustomerRename, LoginRename, NamingTable, Renamed, RenamePreview } from '../../contract/job.js';
import { CustomerDirectory, CustomerUserDirectory, type Directory, foldKey, type OwnedRecord, type StoredRecord } from '../backends/index.js';
import { CustomerUserRules, toCustomerUser } from '../customer-users/index.js';
import { toCustomer } from '../customers/index.js';
import type { Actor } from '../kernel/actor.js';
import { type Deadline, deadlineIn } from '../kernel/deadline.js';
import { NotFound, ValidationFailed, VersionStale } from '../kernel/errors.js';
import { JobsService } from '../platform/jobs/index.js';
import { type Transaction, UnitOfWork } from '../platform/persistence/unit-of-work.js';
import { auditedChanges } from '../records/audit-changes.js';
import { writeDeadlineMs } from '../records/deadlines.js';
import { keyReferences } from '../records/key-references.js';
import { KeyReferencesRepository } from '../records/key-references.repository.js';
import { keyLock, RenamedKeysRepository } from '../records/renamed-keys.repository.js';
import type { Values } from '../records/validate-fields.js';
import { writable, type WritableBackend } from '../records/writable-backend.js';
import { added, type RenameCheckpoint, type RenameRequest } from './rename-job.js';
import { drain, type Rename, type RenamePlace } from './rename-place.js';
import { RenamePlaces } from './rename-places.js';
import { keyPaths, renamedValues, widthIssues } from './rename-subject.js';

/** More rows than this are not moved while somebody waits. */
const rowsAtOnce = 5_000;
/** Counting looks at whole tables. */
const countDeadlineMs = 30_000;

interface Plan {
  readonly owned: OwnedRecord;
  readonly target: WritableBackend;
  readonly rename: Rename;
  readonly version: string;
  readonly values: Values;
  /** Rows that move, by table, the record's own first. */
  readonly moving: readonly NamingTable[];
  readonly left: readonly NamingTable[];
  readonly isJob: boolean;
}

/** Gives a record another key, and everything that names it too. */
@Injectable()
export class RenamesService {
  constructor(
    private readonly people: CustomerUserDirectory,
    private readonly customers: CustomerDirectory,
    private readonly rules: CustomerUserRules,
    private readonly places: RenamePlaces,
    private readonly references: KeyReferencesRepository,
    private readonly renamedKeys: RenamedKeysRepository,
    private readonly jobs: JobsService,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  previewLogin(login: string, version: string, sent: LoginRename): Promise<RenamePreview> {
    return this.preview('customer-user', { key: login, version, to: sent.login, moveTickets: sent.moveTickets });
  }

  renameLogin(actor: Actor, login: string, version: string, sent: LoginRename): Promise<Renamed> {
    return this.rename(actor, 'customer-user', { key: login, version, to: sent.login, moveTickets: sent.moveTickets });
  }

  previewCustomer(customerId: string, version: string, sent: CustomerRename): Promise<RenamePreview> {
    return this.preview('customer', { key: customerId, version, to: sent.customerId, moveTickets: sent.moveTickets });
  }

  renameCustomer(actor: Actor, customerId: string, version: string, sent: CustomerRename): Promise<Renamed> {
    return this.rename(actor, 'customer', { key: customerId, version, to: sent.customerId, moveTickets: sent.moveTickets });
  }

  private async preview(kind: BackendKind, asked: Asked): Promise<RenamePreview> {
    const { rename, moving, left, isJob } = await this.plan(kind, asked);
    return { from: rename.from, to: rename.to, tables: [...moving, ...left], isJob };
  }

  private async rename(actor: Actor, kind: BackendKind, asked: Asked): Promise<Renamed> {
    const plan = await this.plan(kind, asked);
    const { rename, owned } = plan;
    if (Object.keys(plan.values).length === 0) return { to: rename.from, version: owned.record.version, tables: [], jobId: null };
    const renamed = await this.unitOfWork.run(actor, (transaction) => this.write(transaction, plan));
    if (renamed.jobId !== null) this.jobs.wake();
    return renamed;
  }

  private async plan(kind: BackendKind, { key, version, to: sent, moveTickets }: Asked): Promise<Plan> {
    const deadline = deadlineIn(writeDeadlineMs);
    const directory = this.directoryOf(kind);
    const owned = await directory.findOwner(key, deadline);
    const target = writable(owned.backend);
    if (owned.record.version !== version) throw new VersionStale(present(owned));
    const values = renamedValues(owned, sent);
    const issues = kind === 'customer-user' ? await this.rules.emailIssues(owned.backend, values, owned.record) : [];
    if (issues.length > 0) throw new ValidationFailed(issues);
    const from = owned.record.key;
    const to = String(values[owned.backend.fields.roles.key] ?? from);
    if (foldKey(from) !== foldKey(to)) await directory.requireAbsent(to, deadline);
    const rename: Rename = { kind, from, to, moveTickets };
    const counted = await this.counted(rename, deadlineIn(countDeadlineMs));
    const tooNarrow = widthIssues(kind, to, counted);
    if (tooNarrow.length > 0) throw new ValidationFailed(tooNarrow);
    const moving = [{ table: owned.backend.id, rows: 1 }, ...counted].map(({ table, rows }) => ({ table, rows, isMoved: true, reason: null }));
    const left = await this.places.left(rename, deadlineIn(countDeadlineMs));
    return { owned, target, rename, version, values, moving, left, isJob: moving.reduce((sum, { rows }) => sum + rows, 0) > rowsAtOnce };
  }

  private counted(rename: Rename, deadline: Deadline): Promise<{ table: string; width: number | null; rows: number }[]> {
    const places = [...this.places.small(rename), ...this.places.large(rename)];
    return Promise.all(places.map(async (place) => ({ table: place.table, width: place.width, rows: await place.count(deadline) })));
  }

  private async write(transaction: Transaction, plan: Plan): Promise<Renamed> {
    const { rename, isJob } = plan;
    const { kind, from, to } = rename;
    await transaction.lock([keyLock(kind, from), keyLock(kind, to)]);
    await this.renamedKeys.requireIdle(transaction, kind, [from, to]);
    if (foldKey(from) !== foldKey(to)) await this.directoryOf(kind).requireAbsentNow(transaction, to);
    await this.requireUnchanged(transaction, plan);
    for (const reference of keyReferences.filter((candidate) => candidate.kind === kind)) await this.references.makeRoom(transaction, reference, rename);
    // before the record itself, whose version holds its dynamic fields
    const small = await this.moveAll(transaction, this.smallPlaces(rename, isJob));
    if (isJob && kind === 'customer') await this.references.copyGroups(transaction, rename);
    const record = await plan.target.writer.update(transaction, from, plan.values);
    const large = isJob ? [] : await this.moveAll(transaction, this.places.large(rename));
    const tables = [{ table: plan.owned.backend.id, rows: 1, isMoved: true, reason: null }, ...small, ...large, ...plan.left];
    const jobId = isJob ? await this.addJob(transaction, plan, tables) : null;
    await this.renamedKeys.begin(transaction, { kind, from, to: record.key, isRunning: isJob });
    note(transaction, plan, { record, jobId });
    return { to: record.key, version: record.version, tables, jobId };
  }

  private async requireUnchanged(transaction: Transaction, { target, owned, rename, version }: Plan): Promise<void> {
    const before = await target.writer.lock(transaction, rename.from);
    if (before === null) throw new NotFound();
    if (before.version !== version) throw new VersionStale(present({ ...owned, record: before }));
  }

  /** A large rename leaves the customer's rights where they are until the last person has gone. */
  private smallPlaces(rename: Rename, isJob: boolean): RenamePlace[] {
    return this.places.small(rename).filter(({ table }) => !(isJob && table === 'group_customer'));
  }

  private async moveAll(transaction: Transaction, places: readonly RenamePlace[]): Promise<NamingTable[]> {
    let tables: NamingTable[] = [];
    for (const place of places) tables = added(tables, place.table, await drain(place, transaction, Number.POSITIVE_INFINITY));
    return tables;
  }

  private addJob(transaction: Transaction, { rename, moving }: Plan, tables: NamingTable[]): Promise<string> {
    const { kind, from, to, moveTickets } = rename;
    const places = this.places.large(rename).map(({ table }) => table);
    const rows = (table: string): number => moving.slice(1).find((row) => row.table === table)?.rows ?? 0;
    const groups = kind === 'customer' ? [{ table: 'group_customer', rows: rows('group_customer'), isMoved: true, reason: null }] : [];
    const all = [...tables, ...groups];
    return this.jobs.add(transaction, {
      kind: kind === 'customer-user' ? 'rename-login' : 'rename-customer',
      request: { from, to, moveTickets } satisfies RenameRequest,
      total: places.reduce((sum, table) => sum + rows(table), 0),
      checkpoint: { place: places[0] ?? null, position: null, tables: all } satisfies RenameCheckpoint,
      tables: all,
    });
  }

  private directoryOf(kind: BackendKind): Directory {
    return kind === 'customer-user' ? this.people : this.customers;
  }
}

/** What was asked for: from which record, as it was seen, to which key. */
interface Asked {
  readonly key: string;
  readonly version: string;
  readonly to: string;
  readonly moveTickets: boolean;
}

function present(owned: OwnedRecord): unknown {
  return owned.backend.kind === 'customer-user' ? toCustomerUser(owned) : toCustomer(owned);
}

function note(transaction: Transaction, { owned, rename, values }: Plan, { record, jobId }: { record: StoredRecord; jobId: string | null }): void {
  const { kind, from } = rename;
  const { backend } = owned;
  const changes = auditedChanges(backend.fields, owned.record.values, values);
  transaction.audit({ subject: { kind, key: record.key, formerKey: from }, action: 'renamed', changes });
  transaction.publish({
    topic: `${kind}.renamed`,
    subject: record.key,
    payload: { [keyPaths[kind]]: record.key, former: from, backendId: backend.id, moveTickets: rename.moveTickets, jobId },
  });
}
