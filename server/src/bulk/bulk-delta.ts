import { z } from 'zod';
import { BulkRelation } from '../../contract/job.js';
import { type Anchor, assigned, type RelationDelta, type RelationName } from '../relations/index.js';

type BulkChange = BulkRelation['change'];

/** As a job keeps it; `name`: how the group, the customer or the service was called then. */
export const StoredBulk = BulkRelation.extend({ name: z.string().nullable().default(null) });

/** Which relation is changed, from its other side, and which key of it. */
export interface BulkTarget {
  readonly relation: RelationName;
  readonly anchor: Anchor;
  readonly key: string;
}

export function targetOf(change: BulkChange): BulkTarget {
  switch (change.relation) {
    case 'group':
      return { relation: 'customer-user-group', anchor: { side: 'target', key: String(change.groupId) }, key: change.key };
    case 'customer':
      return { relation: 'customer-user-customer', anchor: { side: 'target', key: change.customerId }, key: assigned };
    case 'service':
      return { relation: 'customer-user-service', anchor: { side: 'target', key: String(change.serviceId) }, key: assigned };
  }
}

/** The same change for each of the people. */
export function deltaFor(change: BulkChange, logins: readonly string[]): RelationDelta {
  const { relation, anchor, key } = targetOf(change);
  const entries = logins.map((login) => ({ other: login, key, context: '' }));
  return { relation, anchor, add: change.action === 'add' ? entries : [], remove: change.action === 'remove' ? entries : [], seen: null };
}

/** Whether somebody who holds these keys has what is to be given, or lacks what is to be taken. `rw` includes every other type. */
export function isAlreadySo({ action, ...change }: Pick<BulkChange, 'action' | 'relation'>, key: string, held: ReadonlySet<string>): boolean {
  if (action === 'remove') return !held.has(key);
  return held.has(key) || (change.relation === 'group' && held.has('rw'));
}
