import type { MembershipKind } from '../../contract/membership.js';
import { foldKey } from '../kernel/fold-key.js';
import { membershipsOf } from './customer-ids.js';
import { contextOf, personOf, type PermissionFacts } from './permission-facts.js';

/** How an own customer opens others' tickets: by its right on a group in the context of other customers. */
export interface OtherContextWay {
  readonly customerId: string;
  readonly groupId: number;
  readonly key: string;
}

export interface ContextCustomer {
  readonly customerId: string;
  /** Empty for a customer that is seen only through others. */
  readonly memberships: readonly MembershipKind[];
  readonly through: readonly OtherContextWay[];
}

/** Other types than these open no ticket of other customers. */
export const contextKeys = ['ro', 'rw'] as const;

/** By which rights a person sees tickets of customers that are not its own; none while the context is off. */
export function otherContextWays(facts: PermissionFacts, login: string, keys: readonly string[] = contextKeys): OtherContextWay[] {
  const context = contextOf(facts.settings, 'other');
  if (!facts.settings.isSupportOn || context === null) return [];
  const own = new Map(membershipsOf(personOf(facts, login)).map(({ customerId }) => [foldKey(customerId), customerId]));
  const validGroups = new Set(facts.groups.filter(({ validity }) => validity === 'valid').map(({ groupId }) => groupId));
  const ways = facts.ofCustomers.flatMap((row) => {
    const customerId = own.get(foldKey(row.customerId));
    const counts = row.context === context && keys.includes(row.key) && validGroups.has(row.groupId);
    return customerId !== undefined && counts ? [{ customerId, groupId: row.groupId, key: row.key }] : [];
  });
  return [...new Map(ways.map((way) => [JSON.stringify(way), way])).values()];
}

/**
 * The customers whose tickets a person sees: the own ones first, in their order, then those that have a right on their
 * own tickets in a group that an own customer may see others' tickets in. Their records are not looked at here.
 */
export function contextCustomers(facts: PermissionFacts, login: string): ContextCustomer[] {
  const customers = new Map<string, { customerId: string; memberships: readonly MembershipKind[]; through: OtherContextWay[] }>();
  for (const { customerId, kinds } of membershipsOf(personOf(facts, login))) {
    customers.set(foldKey(customerId), { customerId, memberships: kinds, through: [] });
  }
  const same = contextOf(facts.settings, 'same');
  const waysByGroup = grouped(otherContextWays(facts, login));
  for (const { customerId, groupId, key, context } of facts.ofCustomers) {
    const ways = waysByGroup.get(groupId) ?? [];
    if (context !== same || !contextKeys.some((candidate) => candidate === key) || ways.length === 0) continue;
    const seen = customers.get(foldKey(customerId)) ?? { customerId, memberships: [], through: [] };
    const others = ways.filter((way) => foldKey(way.customerId) !== foldKey(customerId) && !seen.through.includes(way));
    if (others.length === 0) continue;
    seen.through.push(...others);
    customers.set(foldKey(customerId), seen);
  }
  return [...customers.values()];
}

function grouped(ways: readonly OtherContextWay[]): ReadonlyMap<number, readonly OtherContextWay[]> {
  const byGroup = new Map<number, OtherContextWay[]>();
  for (const way of ways) byGroup.set(way.groupId, [...(byGroup.get(way.groupId) ?? []), way]);
  return byGroup;
}
