import { Inject, Injectable } from '@nestjs/common';
import type { BackendReport } from '../../contract/page.js';
import type { Deadline } from '../kernel/deadline.js';
import { NotFound } from '../kernel/errors.js';
import { foldKey } from '../kernel/fold-key.js';
import type { Connection } from '../platform/persistence/database.js';
import { MAIN_CONNECTION } from '../platform/persistence/persistence.module.js';
import { EndFinder, type End } from './ends.js';
import { groupBy, type StoredRow } from './plan-change.js';
import { storedKeys, type RelatedKeys } from './related-keys.js';
import { otherSide, type Relation } from './relation.js';
import { RelationsRepository, type Anchor } from './relations.repository.js';

/** Rows of one anchor that are read as a whole: groups and services, of which there are not many. */
const mostRows = 200_000;

/** What is stored at one anchor. */
@Injectable()
export class RelationReader {
  constructor(
    private readonly repository: RelationsRepository,
    private readonly finder: EndFinder,
    @Inject(MAIN_CONNECTION) private readonly main: Connection,
  ) {}

  keysOf(relation: Relation, anchor: Anchor): RelatedKeys {
    return storedKeys(this.repository, this.main, relation, anchor);
  }

  /** All that counts at the anchor, by the other end. */
  async all(relation: Relation, anchor: Anchor): Promise<ReadonlyMap<string, readonly StoredRow[]>> {
    const rows = await this.repository.rowsOf(this.main, relation, anchor.side, { keys: [anchor.key], most: mostRows });
    return byOther(rows, anchor);
  }

  /** What counts between the anchor and these others, by the other end, folded. */
  async between(relation: Relation, anchor: Anchor, others: readonly string[]): Promise<ReadonlyMap<string, readonly StoredRow[]>> {
    return byOther(await this.repository.rowsBetween(this.main, relation, anchor, others), anchor);
  }

  /** The anchor itself, which may be unknown as long as something is related to it. Throws NotFound. */
  async requireAnchor(relation: Relation, anchor: Anchor, deadline: Deadline): Promise<{ end: End; reports: readonly BackendReport[] }> {
    const ends = await this.finder.find(relation[anchor.side].kind, [anchor.key], deadline);
    const end = ends.of(anchor.key);
    if (end.state === 'unknown' && (await this.keysOf(relation, anchor).count(1)) === 0) throw new NotFound();
    return { end, reports: ends.reports };
  }
}

function byOther(rows: readonly StoredRow[], anchor: Anchor): ReadonlyMap<string, readonly StoredRow[]> {
  const counting = rows.filter(({ value }) => value === 1);
  return groupBy(counting, (row) => foldKey(row[otherSide(anchor.side)]));
}
