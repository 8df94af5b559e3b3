import type { GrantReason, WhyNot } from '../../contract/grant.js';
import type { BackendReport } from '../../contract/page.js';
import type { CustomerEnd, CustomerUserEnd, GroupEnd } from '../../contract/relation.js';
import type { CustomerDirectory } from '../backends/index.js';
import type { Deadline } from '../kernel/deadline.js';
import { foldKey } from '../kernel/fold-key.js';
import type { Obstacle } from './explain.js';
import type { GroupFact, PersonFacts } from './permission-facts.js';
import type { Reason } from './resolve-grants.js';

/** Customers that rights are explained by, each as far as it is known. */
export interface CustomerEnds {
  of(customerId: string): CustomerEnd;
  readonly reports: readonly BackendReport[];
}

/** A backend that fails never throws here: what it could have known is `unreachable`. */
export async function findCustomerEnds(directory: CustomerDirectory, customerIds: readonly string[], deadline: Deadline): Promise<CustomerEnds> {
  const asked = [...new Map(customerIds.map((id) => [foldKey(id), id])).values()];
  const { owned, isComplete, reports } = await directory.findMany(asked, deadline);
  return {
    reports,
    of: (customerId) => {
      const found = owned.get(foldKey(customerId));
      if (found === undefined) return { customerId, state: isComplete ? 'unknown' : 'unreachable', name: null, validity: null, backendId: null };
      const { key, name, validity, backendId } = found.record;
      return { customerId: key, state: 'known', name, validity, backendId };
    },
  };
}

export function toReason(reason: Reason, customers: CustomerEnds): GrantReason {
  switch (reason.kind) {
    case 'customer':
      return { kind: 'customer', key: reason.key, customer: customers.of(reason.customerId), memberships: [...reason.memberships] };
    case 'customer-always-group':
      return { kind: 'customer-always-group', customer: customers.of(reason.customerId), memberships: [...reason.memberships] };
    case 'support-off':
    case 'always-group':
    case 'direct':
      return { ...reason };
  }
}

export function toWhyNot(obstacle: Obstacle, customers: CustomerEnds): WhyNot {
  switch (obstacle.kind) {
    case 'no-direct-grant':
      return { kind: 'no-direct-grant', has: [...obstacle.has] };
    case 'customer-without-grant':
      return { kind: 'customer-without-grant', customer: customers.of(obstacle.customerId), has: [...obstacle.has] };
    case 'primary-excluded':
      return { kind: 'primary-excluded', customer: customers.of(obstacle.customerId) };
    case 'group-invalid':
    case 'unknown-key':
    case 'no-customers':
    case 'not-always-group':
    case 'person-unreachable':
      return { ...obstacle };
  }
}

export function toCustomerUserEnd({ login, state, record, primary }: PersonFacts): CustomerUserEnd {
  return {
    login,
    state,
    fullName: record?.fullName ?? null,
    email: record?.email ?? null,
    customerId: record === null ? null : (primary ?? ''),
    validity: record?.validity ?? null,
    backendId: record?.backendId ?? null,
  };
}

export function toGroupEnd({ groupId, name, validity }: GroupFact): GroupEnd {
  return { groupId, name, validity };
}
