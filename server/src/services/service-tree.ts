import { Injectable } from '@nestjs/common';
import type { ServiceCreate, ServicePatch } from '../../contract/service.js';
import {
  auditedValues, changedValues, cleanText, commentIssues, HostCatalogues, nameIssues, nameTaken, writerOf, writing, type CatalogueEntry,
  type CatalogueWriter, type NewEntry,
} from '../catalogues/index.js';
import type { Actor } from '../kernel/actor.js';
import { NotFound, ValidationFailed } from '../kernel/errors.js';
import { type AuditEntry, type Transaction, UnitOfWork } from '../platform/persistence/unit-of-work.js';
import { isBelow, joinPath, movedPaths, partIssues, pathIssues, splitPath } from './service-paths.js';

interface WantedChange {
  readonly serviceId: number;
  /** What the sender saw. */
  readonly version: string;
  readonly sent: ServicePatch;
}

/**
 * The tree is in the names: whoever changes one name changes those below. Writers of the tree queue up behind one lock,
 * so that nobody moves a branch on which somebody else is working.
 */
@Injectable()
export class ServiceTree {
  constructor(
    private readonly catalogues: HostCatalogues,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Throws `validation.failed` and `service.name-taken`. */
  add(actor: Actor, { parentId, ...sent }: ServiceCreate): Promise<CatalogueEntry> {
    const writer = writerOf(this.catalogues.services);
    const { validity } = sent;
    const [part, comment] = [cleanText(sent.name), cleanText(sent.comment)];
    requireNone([...issuesOfPart(part, writer), ...commentIssues(comment, writer.lengths.comment)]);
    return this.unitOfWork.run(actor, async (transaction) => {
      await transaction.lock([treeLock]);
      const parent = parentId === null ? null : await existing(transaction, writer, parentId);
      const wanted: NewEntry = { name: joinPath(parent?.name ?? null, part), comment, validity };
      await requireFree(transaction, writer, [wanted.name], []);
      const created = await writing('service.name-taken', () => writer.insert(transaction, wanted));
      note(transaction, created, { action: 'created', changes: auditedValues(null, wanted) });
      return created;
    });
  }

  /** Answers what is stored where that is not what the sender saw. Throws NotFound, `validation.failed` and `service.name-taken`. */
  change(actor: Actor, { serviceId, version, sent }: WantedChange): Promise<CatalogueEntry | null> {
    const writer = writerOf(this.catalogues.services);
    return this.unitOfWork.run(actor, async (transaction) => {
      await transaction.lock([treeLock]);
      const before = await writer.lock(transaction, serviceId);
      if (before === null) throw new NotFound();
      if (before.version !== version) return before;
      const name = await newPath(transaction, writer, before, sent);
      const comment = sent.comment === undefined ? before.comment : cleanText(sent.comment);
      const wanted = changedValues(before, { name, comment, validity: sent.validity ?? before.validity });
      if (wanted.comment !== undefined) requireNone(commentIssues(wanted.comment, writer.lengths.comment));
      if (Object.keys(wanted).length === 0) return null;
      if (wanted.name !== undefined) await this.moveBranch(transaction, before, wanted.name);
      const changed = await writing('service.name-taken', () => writer.update(transaction, serviceId, wanted));
      note(transaction, changed, { action: 'changed', changes: auditedValues(before, wanted) });
      return null;
    });
  }

  private async moveBranch(transaction: Transaction, before: CatalogueEntry, to: string): Promise<void> {
    const writer = writerOf(this.catalogues.services);
    const moved = movedPaths(await writer.findBelow(transaction, before.name), before.name, to);
    const branch = [before.id, ...moved.map(({ entry }) => entry.id)];
    await requireFree(transaction, writer, [to, ...moved.map(({ name }) => name)], branch);
    for (const { entry, name } of moved) {
      const changed = await writing('service.name-taken', () => writer.update(transaction, entry.id, { name }));
      note(transaction, changed, { action: 'changed', changes: auditedValues(entry, { name }) });
    }
  }
}

const treeLock = 'services';

/** The path under the wanted parent, or under the one it has, which may be gone. */
async function newPath(transaction: Transaction, writer: CatalogueWriter, before: CatalogueEntry, { name, parentId }: ServicePatch): Promise<string> {
  const { parent, name: storedPart } = splitPath(before.name);
  const part = name === undefined ? storedPart : cleanText(name);
  if (part !== storedPart) requireNone(issuesOfPart(part, writer));
  if (parentId === undefined) return joinPath(parent, part);
  if (parentId === null) return part;
  const above = await existing(transaction, writer, parentId);
  if (above.id === before.id || isBelow(above.name, before.name)) throw new ValidationFailed([{ path: 'parentId', code: 'service.below-itself' }]);
  return joinPath(above.name, part);
}

async function existing(transaction: Transaction, writer: CatalogueWriter, parentId: number): Promise<CatalogueEntry> {
  const parent = Math.abs(parentId) > largestNumber ? null : await writer.lock(transaction, parentId);
  if (parent === null) throw new ValidationFailed([{ path: 'parentId', code: 'unknown' }]);
  return parent;
}

const largestNumber = 2_147_483_647;

/** Whether all the paths fit and nobody but the branch itself has one of them. */
async function requireFree(transaction: Transaction, writer: CatalogueWriter, paths: readonly string[], branch: readonly number[]): Promise<void> {
  requireNone(pathIssues(paths, writer.lengths.name));
  const taken = await writer.findTaken(transaction, paths);
  if (taken.some(({ id }) => !branch.includes(id))) throw nameTaken('service.name-taken');
}

function issuesOfPart(part: string, { lengths }: CatalogueWriter) {
  return [...nameIssues(part, lengths.name), ...partIssues(part)];
}

function note(transaction: Transaction, { id, name }: CatalogueEntry, { action, changes }: Pick<AuditEntry, 'changes'> & { action: 'created' | 'changed' }): void {
  transaction.audit({ subject: { kind: 'service', key: String(id) }, action, changes });
  transaction.publish({ topic: `service.${action}`, subject: String(id), payload: { serviceId: id, name } });
}

function requireNone(issues: ConstructorParameters<typeof ValidationFailed>[0]): void {
  if (issues.length > 0) throw new ValidationFailed(issues);
}
