import { Inject, Injectable } from '@nestjs/common';
import type { CatalogueQuery, Group, GroupCreate, GroupPage, GroupPatch } from '../../contract/group.js';
import { auditedValues, changedValues, cleanText, commentIssues, HostCatalogues, nameIssues, nameTaken, writerOf, writing, type CatalogueEntry } from '../catalogues/index.js';
import { CONFIGURATION, type Configuration } from '../configuration/index.js';
import type { Actor } from '../kernel/actor.js';
import { deadlineIn } from '../kernel/deadline.js';
import { NotFound, ValidationFailed, VersionStale } from '../kernel/errors.js';
import { foldKey } from '../kernel/fold-key.js';
import { type AuditEntry, type Transaction, UnitOfWork } from '../platform/persistence/unit-of-work.js';
import { readDeadlineMs } from '../records/deadlines.js';

@Injectable()
export class GroupsService {
  constructor(
    private readonly catalogues: HostCatalogues,
    private readonly unitOfWork: UnitOfWork,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  async list({ search, cursor, validity, limit }: CatalogueQuery): Promise<GroupPage> {
    const { groups } = this.catalogues;
    const { entries, nextCursor, count } = await groups.page({ search: search ?? null, cursor: cursor ?? null, validity, limit }, deadlineIn(readDeadlineMs));
    return { items: entries.map((entry) => this.toGroup(entry)), nextCursor, count, isWritable: groups.writer !== null };
  }

  /** Throws NotFound. */
  async get(groupId: number): Promise<Group> {
    const [entry] = await this.catalogues.groups.findMany([groupId], deadlineIn(readDeadlineMs));
    if (entry === undefined) throw new NotFound();
    return this.toGroup(entry);
  }

  create(actor: Actor, sent: GroupCreate): Promise<Group> {
    const writer = writerOf(this.catalogues.groups);
    const wanted = { ...sent, name: cleanText(sent.name), comment: cleanText(sent.comment) };
    requireNone([...nameIssues(wanted.name, writer.lengths.name), ...commentIssues(wanted.comment, writer.lengths.comment)]);
    return this.unitOfWork.run(actor, async (transaction) => {
      await transaction.lock([lockOf(wanted.name)]);
      if ((await writer.findTaken(transaction, [wanted.name])).length > 0) throw nameTaken('group.name-taken');
      const created = await writing('group.name-taken', () => writer.insert(transaction, wanted));
      note(transaction, created, { action: 'created', changes: auditedValues(null, wanted) });
      return this.toGroup(created);
    });
  }

  /** Throws NotFound, `version.stale` with what is stored, and `group.name-taken`. */
  change(actor: Actor, groupId: number, version: string, sent: GroupPatch): Promise<Group> {
    const writer = writerOf(this.catalogues.groups);
    const typed = { ...sent, ...(sent.name === undefined ? {} : { name: cleanText(sent.name) }), ...(sent.comment === undefined ? {} : { comment: cleanText(sent.comment) }) };
    return this.unitOfWork.run(actor, async (transaction) => {
      if (typed.name !== undefined) await transaction.lock([lockOf(typed.name)]);
      const before = await writer.lock(transaction, groupId);
      if (before === null) throw new NotFound();
      if (before.version !== version) throw new VersionStale(this.toGroup(before));
      const wanted = changedValues(before, typed);
      requireNone([
        ...(wanted.name === undefined ? [] : nameIssues(wanted.name, writer.lengths.name)),
        ...(wanted.comment === undefined ? [] : commentIssues(wanted.comment, writer.lengths.comment)),
      ]);
      if (Object.keys(wanted).length === 0) return this.toGroup(before);
      const others = wanted.name === undefined ? [] : await writer.findTaken(transaction, [wanted.name]);
      if (others.some(({ id }) => id !== groupId)) throw nameTaken('group.name-taken');
      const changed = await writing('group.name-taken', () => writer.update(transaction, groupId, wanted));
      note(transaction, changed, { action: 'changed', changes: auditedValues(before, wanted) });
      return this.toGroup(changed);
    });
  }

  private toGroup({ id, name, comment, validity, version }: CatalogueEntry): Group {
    return { groupId: id, name, comment, validity, version, always: this.alwaysOf(name) };
  }

  private alwaysOf(name: string): Group['always'] {
    const { CustomerGroupAlwaysGroups, CustomerGroupCompanyAlwaysGroups } = this.configuration.settings;
    if (CustomerGroupAlwaysGroups.includes(name)) return 'everybody';
    return CustomerGroupCompanyAlwaysGroups.includes(name) ? 'customers' : null;
  }
}

function lockOf(name: string): string {
  return `group:${foldKey(name)}`;
}

function note(transaction: Transaction, { id, name }: CatalogueEntry, { action, changes }: Pick<AuditEntry, 'changes'> & { action: 'created' | 'changed' }): void {
  transaction.audit({ subject: { kind: 'group', key: String(id) }, action, changes });
  transaction.publish({ topic: `group.${action}`, subject: String(id), payload: { groupId: id, name } });
}

function requireNone(issues: ConstructorParameters<typeof ValidationFailed>[0]): void {
  if (issues.length > 0) throw new ValidationFailed(issues);
}
