import { Injectable } from '@nestjs/common';
import type { EffectivePermissions, EffectivePermissionsQuery, GrantExplanation } from '../../contract/grant.js';
import { CustomerDirectory } from '../backends/index.js';
import { HostCatalogues, readCursor, writeCursor } from '../catalogues/index.js';
import { type Deadline, deadlineIn } from '../kernel/deadline.js';
import { NotFound } from '../kernel/errors.js';
import { foldKey } from '../kernel/fold-key.js';
import { readDeadlineMs } from '../records/deadlines.js';
import { contextCustomers, otherContextWays, type ContextCustomer } from './context-customers.js';
import { findCustomerEnds, toCustomerUserEnd, toGroupEnd, toReason, toWhyNot, type CustomerEnds } from './customer-ends.js';
import { excludedPrimary, membershipsOf } from './customer-ids.js';
import { explain } from './explain.js';
import { personOf, type PermissionFacts } from './permission-facts.js';
import { PermissionFactsLoader, type LoadedFacts } from './permission-facts.loader.js';
import { resolveGrants, type GroupGrants } from './resolve-grants.js';

/** What one person may do, and why. */
@Injectable()
export class EffectivePermissionsService {
  constructor(
    private readonly loader: PermissionFactsLoader,
    private readonly customers: CustomerDirectory,
    private readonly catalogues: HostCatalogues,
  ) {}

  async list(login: string, query: EffectivePermissionsQuery): Promise<EffectivePermissions> {
    const deadline = deadlineIn(readDeadlineMs);
    const { page, facts, reports, hasMoreCustomers } = await this.pageOf(login, query, deadline);
    const person = personOf(facts, login);
    const seen = contextCustomers(facts, login).slice(0, mostCustomers);
    const ends = await findCustomerEnds(this.customers, [...membershipsOf(person), ...seen].map(({ customerId }) => customerId), deadline);
    return {
      person: toCustomerUserEnd(person),
      settings: facts.settings,
      groups: page.groups.map(({ group, grants }) => ({
        group: toGroupEnd(group),
        grants: grants.map(({ key, reasons }) => ({ key, reasons: reasons.map((reason) => toReason(reason, ends)) })),
      })),
      nextCursor: page.nextCursor,
      customers: seen.filter((customer) => isShown(customer, ends)).map((customer) => toSeenCustomer(customer, facts, ends)),
      hasMoreCustomers: hasMoreCustomers || contextCustomers(facts, login).length > mostCustomers,
      reports: [...reports, ...ends.reports],
    };
  }

  /** Throws NotFound where there is no such group. */
  async explain(login: string, groupId: number, key: string): Promise<GrantExplanation> {
    const deadline = deadlineIn(readDeadlineMs);
    const { facts, reports } = await this.loader.loadFactsFor([login], { groupIds: [groupId] }, deadline);
    const group = facts.groups.find((candidate) => candidate.groupId === groupId);
    if (group === undefined) throw new NotFound();
    const person = personOf(facts, login);
    const { isAllowed, reasons, whyNot } = explain(facts, { login, groupId, key });
    const ends = await findCustomerEnds(this.customers, [...membershipsOf(person).map(({ customerId }) => customerId), excludedPrimary(person) ?? ''].filter((id) => id !== ''), deadline);
    return {
      person: toCustomerUserEnd(person),
      group: toGroupEnd(group),
      key,
      isAllowed,
      reasons: reasons.map((reason) => toReason(reason, ends)),
      whyNot: whyNot.map((obstacle) => toWhyNot(obstacle, ends)),
      reports: [...reports, ...ends.reports],
    };
  }

  /** While support is off everybody has the whole catalogue, and then it is its page that is looked at. */
  private async pageOf(login: string, { search, limit, cursor }: EffectivePermissionsQuery, deadline: Deadline): Promise<LoadedPage> {
    if (!this.loader.settings.isSupportOn) {
      const { entries, nextCursor } = await this.catalogues.groups.page({ search: search ?? null, validity: 'valid', limit, cursor: cursor ?? null }, deadline);
      const loaded = await this.loader.loadFactsFor([login], { groupIds: entries.map(({ id }) => id) }, deadline);
      const byId = new Map(resolveGrants(loaded.facts).ofPerson(login).map((granted) => [granted.group.groupId, granted]));
      return { ...loaded, page: { groups: entries.flatMap(({ id }) => byId.get(id) ?? []), nextCursor }, hasMoreCustomers: false };
    }
    const loaded = await this.loader.loadFactsFor([login], {}, deadline);
    const { facts, hasMore } = await this.loader.withOtherCustomers(loaded.facts, otherContextWays(loaded.facts, login));
    return { facts, reports: loaded.reports, page: pageOfGroups(resolveGrants(facts).ofPerson(login), { login, search, limit, cursor }), hasMoreCustomers: hasMore };
  }
}

interface LoadedPage extends LoadedFacts {
  readonly page: { readonly groups: readonly GroupGrants[]; readonly nextCursor: string | null };
  readonly hasMoreCustomers: boolean;
}

/** Customers of one answer at most. */
const mostCustomers = 500;

/** By name in any case, then by number: the order a cursor goes on in. */
function pageOfGroups(
  granted: readonly GroupGrants[],
  { login, search = '', limit, cursor }: { login: string; search: string | undefined; limit: number; cursor: string | undefined },
): LoadedPage['page'] {
  const identity = ['effective', foldKey(login), search];
  const place = cursor === undefined ? null : readCursor(cursor, identity);
  const placeOf = ({ group }: GroupGrants) => ({ orderedBy: foldKey(group.name), id: group.groupId });
  const isBehind = (one: { orderedBy: string; id: number }, other: { orderedBy: string; id: number }): boolean =>
    one.orderedBy === other.orderedBy ? one.id > other.id : one.orderedBy > other.orderedBy;
  const rest = granted
    .filter(({ group }) => foldKey(group.name).includes(foldKey(search.trim())))
    .filter((candidate) => place === null || isBehind(placeOf(candidate), place))
    .sort((one, other) => (isBehind(placeOf(one), placeOf(other)) ? 1 : -1));
  const groups = rest.slice(0, limit);
  const last = groups.at(-1);
  return { groups, nextCursor: rest.length > limit && last ? writeCursor(placeOf(last), identity) : null };
}

/** Of customers that are seen only through others, the helpdesk leaves out those that are not valid; own ones stay visible. */
function isShown({ customerId, memberships }: ContextCustomer, ends: CustomerEnds): boolean {
  const { state, validity } = ends.of(customerId);
  return memberships.length > 0 || state === 'unreachable' || (state === 'known' && validity === 'valid');
}

function toSeenCustomer({ customerId, memberships, through }: ContextCustomer, { groups }: PermissionFacts, ends: CustomerEnds): EffectivePermissions['customers'][number] {
  return {
    customer: ends.of(customerId),
    memberships: [...memberships],
    through: through.flatMap((way) => {
      const group = groups.find(({ groupId }) => groupId === way.groupId);
      return group === undefined ? [] : [{ customerId: way.customerId, group: toGroupEnd(group), key: way.key }];
    }),
  };
}
