import { Inject, Injectable } from '@nestjs/common';
import type { BulkPreview, BulkRelation, Job } from '../../contract/job.js';
import type { CustomerUserEnd } from '../../contract/relation.js';
import { countCap, foldKey, type OwnedRecord } from '../backends/index.js';
import type { Actor } from '../kernel/actor.js';
import { type Deadline, deadlineIn } from '../kernel/deadline.js';
import { BackendUnavailable, ValidationFailed } from '../kernel/errors.js';
import { JobsService } from '../platform/jobs/index.js';
import type { Connection } from '../platform/persistence/database.js';
import { MAIN_CONNECTION } from '../platform/persistence/persistence.module.js';
import { UnitOfWork } from '../platform/persistence/unit-of-work.js';
import { textOf } from '../records/record-fields.js';
import { DeltaPreparer, type PreparedDelta, RelationsRepository } from '../relations/index.js';
import { deltaFor, isAlreadySo, targetOf } from './bulk-delta.js';
import { PeopleWalk, type WalkedPeople, type WalkPlace } from './people-walk.js';

/** People whose relations a preview looks at one by one. */
const lookedAt = 1_000;
const lookedAtOnce = 200;
const examplesShown = 10;
const previewDeadlineMs = 15_000;

/** One change for everybody whom a search finds. */
@Injectable()
export class BulkService {
  constructor(
    private readonly walk: PeopleWalk,
    private readonly preparer: DeltaPreparer,
    private readonly relations: RelationsRepository,
    private readonly jobs: JobsService,
    private readonly unitOfWork: UnitOfWork,
    @Inject(MAIN_CONNECTION) private readonly main: Connection,
  ) {}

  /** Throws `validation.failed` when what is to be given is not there. A backend that does not answer has no count. */
  async preview(asked: BulkRelation): Promise<BulkPreview> {
    const deadline = deadlineIn(previewDeadlineMs);
    const [byBackend, seen] = await Promise.all([this.countByBackend(asked, deadline), this.look(asked, deadline)]);
    const counted = byBackend.reduce((sum, { count }) => sum + (count?.value ?? 0), 0);
    const isCapped = byBackend.some(({ count }) => count === null || count.capped) || counted > countCap;
    const people = seen.isAll ? { value: seen.people.length, capped: false } : { value: Math.max(Math.min(counted, countCap), seen.people.length), capped: isCapped };
    return {
      people,
      alreadySo: { value: seen.alreadySo, capped: !seen.isAll },
      byBackend,
      examples: seen.people.slice(0, examplesShown).map(toEnd),
    };
  }

  async start(actor: Actor, asked: BulkRelation): Promise<Job> {
    const deadline = deadlineIn(previewDeadlineMs);
    const byBackend = await this.countByBackend(asked, deadline);
    const first = await this.walk.read(asked.search, null, 1, deadline);
    const prepared = await this.preparer.prepare(deltaFor(asked.change, (first?.records ?? []).map(({ key }) => key)), deadline);
    refuseTarget(prepared);
    const { name } = prepared.ends.target.of(prepared.anchor.key);
    const isKnown = byBackend.every(({ count }) => count !== null && !count.capped);
    const total = isKnown ? byBackend.reduce((sum, { count }) => sum + (count?.value ?? 0), 0) : null;
    const jobId = await this.unitOfWork.run(actor, (transaction) =>
      this.jobs.add(transaction, { kind: 'bulk-relation', request: { search: asked.search, change: asked.change, name }, total }),
    );
    this.jobs.wake();
    return this.jobs.get(jobId);
  }

  private countByBackend({ search }: BulkRelation, deadline: Deadline): Promise<BulkPreview['byBackend']> {
    return Promise.all(
      this.walk.backendsFor(search).map(async (backend) => {
        const count = await this.walk.count(backend, search, countCap, deadline);
        return {
          backendId: backend.id,
          title: backend.title,
          count: count === null ? null : { value: Math.min(count, countCap), capped: count > countCap },
        };
      }),
    );
  }

  /** The first people of the walk, each by the backend that owns it, and how many of them have it already. */
  private async look({ search, change }: BulkRelation, deadline: Deadline): Promise<{ people: OwnedRecord[]; alreadySo: number; isAll: boolean }> {
    const people: OwnedRecord[] = [];
    let alreadySo = 0;
    let place: WalkPlace | null = null;
    do {
      const walked: WalkedPeople | 'unreachable' | null = await this.reached(this.walk.read(search, place, lookedAtOnce, deadline));
      if (walked === 'unreachable') return { people, alreadySo, isAll: false };
      if (walked === null) return { people, alreadySo, isAll: true };
      const prepared = await this.preparer.prepare(deltaFor(change, walked.records.map(({ key }) => key)), deadline);
      refuseTarget(prepared);
      const owned = walked.records.filter(({ key }) => prepared.ends.owner.of(key).owned?.backend.id === walked.backend.id);
      alreadySo += await this.countAlreadySo(change, prepared, owned.map(({ key }) => key));
      people.push(...owned.map((record) => ({ backend: walked.backend, record })));
      place = walked.next;
    } while (place !== null && people.length < lookedAt);
    return { people, alreadySo, isAll: place === null };
  }

  /** A preview shows whom it can; the job itself waits for the others. */
  private async reached(reading: Promise<WalkedPeople | null>): Promise<WalkedPeople | 'unreachable' | null> {
    try {
      return await reading;
    } catch (error) {
      if (error instanceof BackendUnavailable) return 'unreachable';
      throw error;
    }
  }

  private async countAlreadySo(change: BulkRelation['change'], { relation, anchor }: PreparedDelta, logins: readonly string[]): Promise<number> {
    const { key } = targetOf(change);
    const held = new Map(logins.map((login) => [foldKey(login), new Set<string>()]));
    for (const row of await this.relations.rowsBetween(this.main, relation, anchor, logins)) {
      if (row.value === 1) held.get(foldKey(row.owner))?.add(row.key);
    }
    return [...held.values()].filter((keys) => isAlreadySo(change, key, keys)).length;
  }
}

/** Refusals of single people are told when their turn comes; what is to be given has to be there at all. */
function refuseTarget({ issues }: PreparedDelta): void {
  const ofTarget = issues
    .filter(({ path }) => !/^(?:add|remove)\.\d+\.login$/.test(path))
    .map(({ path, ...issue }) => ({ ...issue, path: `change.${path.replace(/^(?:add|remove)\.\d+\./, '')}` }));
  const distinct = new Map(ofTarget.map((issue) => [`${issue.path} ${issue.code}`, issue]));
  if (distinct.size > 0) throw new ValidationFailed([...distinct.values()]);
}

function toEnd({ backend, record }: OwnedRecord): CustomerUserEnd {
  const { roles } = backend.fields;
  return {
    login: record.key,
    state: 'known',
    fullName: record.name,
    email: textOf(record, roles.email),
    customerId: textOf(record, roles.customerId),
    validity: record.validity,
    backendId: backend.id,
  };
}
