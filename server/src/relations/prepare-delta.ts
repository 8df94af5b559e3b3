import { Inject, Injectable } from '@nestjs/common';
import type { Issue } from '../../contract/problem.js';
import { CONFIGURATION, type Configuration } from '../configuration/index.js';
import type { Deadline } from '../kernel/deadline.js';
import { BackendUnavailable, ValidationFailed } from '../kernel/errors.js';
import { foldKey } from '../kernel/fold-key.js';
import { EndFinder, type Ends } from './ends.js';
import { slotName } from './plan-change.js';
import { keyNames, type DeltaEntry, type RelationDelta } from './relation-delta.js';
import { defaultsLogin, isNumbered, otherSide, relations, type Cell, type Relation, type Side } from './relation.js';
import { RelationsRepository, type Anchor } from './relations.repository.js';

/** One cell that was asked for, spelled as the records are. */
export interface WantedCell extends Cell {
  readonly action: 'add' | 'remove';
  /** Its place in the request: `add.3`. */
  readonly path: string;
}

/** A delta with all that is known of its ends. */
export interface PreparedDelta {
  readonly relation: Relation;
  readonly anchor: Anchor;
  readonly cells: readonly WantedCell[];
  readonly seen: RelationDelta['seen'];
  readonly ends: Readonly<Record<Side, Ends>>;
  /** What is refused, with its place in the request. */
  readonly issues: readonly Issue[];
}

/** Looks up both ends of what a delta names, and says what is refused. What is to be removed may be anything. */
@Injectable()
export class DeltaPreparer {
  constructor(
    private readonly finder: EndFinder,
    private readonly repository: RelationsRepository,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  /** Throws BackendUnavailable when an end that is to be added may be in a backend that does not answer. */
  async prepare(delta: RelationDelta, deadline: Deadline): Promise<PreparedDelta> {
    const relation = relations[delta.relation];
    const { anchor } = delta;
    const side = otherSide(anchor.side);
    const others = [...delta.add, ...delta.remove].map(({ other }) => other);
    const [here, there] = await Promise.all([
      this.findAnchor(relation, anchor, deadline),
      this.finder.find(relation[side].kind, others, deadline),
    ]);
    const ends = anchor.side === 'owner' ? { owner: here, target: there } : { owner: there, target: here };
    const spelled = { side: anchor.side, key: here.of(anchor.key).key };
    const cells = [...cellsOf('add', delta.add, spelled, there), ...cellsOf('remove', delta.remove, spelled, there)];
    const issues = [
      ...(delta.add.length === 0 ? [] : this.anchorIssues(relation, spelled, here)),
      ...delta.add.flatMap((entry, index) => this.entryIssues(relation, side, { entry, path: `add.${index}`, ends: there })),
      ...delta.remove.flatMap((entry, index) => (isDefaults(relation, side, entry) ? [{ path: `remove.${index}.login`, code: 'unknown' }] : [])),
      ...contradictions(cells),
    ];
    return { relation, anchor: spelled, cells, seen: delta.seen, ends, issues };
  }

  /** The default services belong to nobody, and everything is allowed to be one. */
  private async findAnchor(relation: Relation, { side, key }: Anchor, deadline: Deadline): Promise<Ends> {
    if (side === 'owner' && key === defaultsLogin) {
      return { reports: [], of: () => ({ key, state: 'known', name: null, validity: 'valid', owned: null }) };
    }
    return this.finder.find(relation[side].kind, [key], deadline);
  }

  private anchorIssues(relation: Relation, { side, key }: Anchor, ends: Ends): Issue[] {
    return this.endIssues(relation, side, { key, path: keyNames[relation[side].kind], ends });
  }

  private entryIssues(
    relation: Relation,
    side: Side,
    { entry, path, ends }: { entry: DeltaEntry; path: string; ends: Ends },
  ): Issue[] {
    const { permissionKeys, permissionContexts } = this.configuration.settings;
    const isKeyKnown = !relation.hasKeys || permissionKeys.includes(entry.key);
    const isContextKnown = !relation.hasContext || permissionContexts.some(({ context }) => context === entry.context);
    const name = keyNames[relation[side].kind];
    return [
      ...(isDefaults(relation, side, entry)
        ? [{ path: `${path}.${name}`, code: 'unknown' }]
        : this.endIssues(relation, side, { key: entry.other, path: `${path}.${name}`, ends })),
      ...(isKeyKnown ? [] : [{ path: `${path}.key`, code: 'unknown' }]),
      ...(isContextKnown ? [] : [{ path: `${path}.context`, code: 'unknown' }]),
    ];
  }

  private endIssues(relation: Relation, side: Side, { key, path, ends }: { key: string; path: string; ends: Ends }): Issue[] {
    const end = ends.of(key);
    if (end.state === 'unreachable') throw new BackendUnavailable(ends.reports.find(({ state }) => state === 'failed')?.backendId ?? '');
    if (end.state === 'unknown') return [{ path, code: 'unknown' }];
    if (end.validity !== 'valid') return [{ path, code: 'invalid' }];
    const length = isNumbered(relation[side].kind) ? null : this.repository.lengthOf(relation, side);
    return length !== null && [...end.key].length > length ? [{ path, code: 'too-long', params: { max: length } }] : [];
  }
}

/** Throws `validation.failed` with all that was refused. */
export function accepted(prepared: PreparedDelta): PreparedDelta {
  if (prepared.issues.length > 0) throw new ValidationFailed(prepared.issues);
  return prepared;
}

function cellsOf(action: WantedCell['action'], entries: readonly DeltaEntry[], anchor: Anchor, there: Ends): WantedCell[] {
  return entries.map(({ other, key, context }, index) => {
    const spelled = there.of(other).key;
    const pair = anchor.side === 'owner' ? { owner: anchor.key, target: spelled } : { owner: spelled, target: anchor.key };
    return { ...pair, key, context, action, path: `${action}.${index}` };
  });
}

/** One cell cannot be given and taken at once. */
function contradictions(cells: readonly WantedCell[]): Issue[] {
  const nameOf = (cell: WantedCell): string => `${slotName(cell)} ${cell.key}`;
  const added = new Set(cells.filter(({ action }) => action === 'add').map(nameOf));
  return cells
    .filter((cell) => cell.action === 'remove' && added.has(nameOf(cell)))
    .map(({ path }) => ({ path, code: 'duplicate-key' }));
}

function isDefaults(relation: Relation, side: Side, { other }: DeltaEntry): boolean {
  return relation[side].kind === 'customer-user' && foldKey(other) === foldKey(defaultsLogin);
}
