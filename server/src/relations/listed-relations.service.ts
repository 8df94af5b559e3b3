import { Inject, Injectable } from '@nestjs/common';
import type { CustomersOfGroupPage, PeopleOfGroupPage, PeopleOfGroupQuery } from '../../contract/grant.js';
import type { CustomersOfPersonPage, MembershipKind, PeopleOfCustomerPage, PeopleOfCustomerQuery } from '../../contract/membership.js';
import type { RelationQuery } from '../../contract/relation.js';
import type { PeopleOfServicePage } from '../../contract/service.js';
import { CustomerDirectory, CustomerUserDirectory } from '../backends/index.js';
import { CONFIGURATION, type Configuration } from '../configuration/index.js';
import { deadlineIn } from '../kernel/deadline.js';
import { NotFound } from '../kernel/errors.js';
import { foldKey } from '../kernel/fold-key.js';
import { listedCustomerIds, PermissionFactsLoader, type PersonFacts } from '../permissions/index.js';
import { readDeadlineMs } from '../records/deadlines.js';
import { textOf } from '../records/record-fields.js';
import { EffectivePeople } from './effective-people.js';
import { toCustomerEnd, toCustomerUserEnd, type End } from './ends.js';
import { InheritedGrantsReader } from './inherited-grants.js';
import { keepUnrelated, type Keep } from './phases.js';
import { givenKeys } from './related-keys.js';
import { relations } from './relation.js';
import { RelationLists, restOf, type FurtherPhase, type ListRequest } from './relation-list.js';
import { RelationReader } from './relation-reader.js';
import { grantsOf, inOrder, reportsOf, uniqueKeys } from './told-cells.js';

/** People and customers at the other end of something: any number of them. */
@Injectable()
export class ListedRelationsService {
  constructor(
    private readonly lists: RelationLists,
    private readonly reader: RelationReader,
    private readonly people: CustomerUserDirectory,
    private readonly customers: CustomerDirectory,
    private readonly inherited: InheritedGrantsReader,
    private readonly effective: EffectivePeople,
    private readonly facts: PermissionFactsLoader,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  async peopleOfGroup(groupId: number, query: PeopleOfGroupQuery): Promise<PeopleOfGroupPage> {
    const relation = relations['customer-user-group'];
    const anchor = { side: 'target', key: String(groupId) } as const;
    const deadline = deadlineIn(readDeadlineMs);
    const group = await this.reader.requireAnchor(relation, anchor, deadline);
    const related = this.reader.keysOf(relation, anchor);
    const effective = query.show === 'effective' ? await this.effective.phases(group.end, related, deadline) : null;
    const request = { kind: 'customer-user', directory: this.people, related, query, identity: [relation.name, groupId, query.show] } as const;
    const list = await this.lists.page({ ...request, further: effective ?? unrelatedIf(query.show === 'all', request) });
    const logins = list.ends.map(({ key }) => key);
    const [rows, through] = await Promise.all([
      this.reader.between(relation, anchor, logins),
      this.inherited.read(logins, [groupId], list.deadline),
    ]);
    return {
      ...list,
      items: list.ends.map((end) => ({
        customerUser: toCustomerUserEnd(end),
        keys: inOrder(uniqueKeys(rows.get(foldKey(end.key)) ?? []), this.configuration.settings.permissionKeys),
        through: through.of(end.key, groupId),
      })),
      reports: reportsOf(list.reports, through.reports),
    };
  }

  async customersOfGroup(groupId: number, query: RelationQuery): Promise<CustomersOfGroupPage> {
    const relation = relations['customer-group'];
    const anchor = { side: 'target', key: String(groupId) } as const;
    const group = await this.reader.requireAnchor(relation, anchor, deadlineIn(readDeadlineMs));
    const isAlways = group.end.validity === 'valid' && this.configuration.settings.CustomerGroupCompanyAlwaysGroups.includes(group.end.name ?? '');
    const related = this.reader.keysOf(relation, anchor);
    const request = { kind: 'customer', directory: this.customers, related, query, identity: [relation.name, groupId, query.show] } as const;
    const list = await this.lists.page({ ...request, further: unrelatedIf(query.show === 'all', request) });
    const rows = await this.reader.between(relation, anchor, list.ends.map(({ key }) => key));
    return { ...list, items: list.ends.map((end) => ({ customer: toCustomerEnd(end), grants: grantsOf(rows.get(foldKey(end.key)) ?? []), isAlways })) };
  }

  async peopleOfService(serviceId: number, query: RelationQuery): Promise<PeopleOfServicePage> {
    const relation = relations['customer-user-service'];
    const anchor = { side: 'target', key: String(serviceId) } as const;
    await this.reader.requireAnchor(relation, anchor, deadlineIn(readDeadlineMs));
    const related = this.reader.keysOf(relation, anchor);
    const request = { kind: 'customer-user', directory: this.people, related, query, identity: [relation.name, serviceId, query.show] } as const;
    const list = await this.lists.page({ ...request, further: unrelatedIf(query.show === 'all', request) });
    const isRelated = await related.among(list.ends.map(({ key }) => key));
    return { ...list, items: list.ends.map((end) => ({ customerUser: toCustomerUserEnd(end), assigned: isRelated.has(foldKey(end.key)) })) };
  }

  /** Behind those with a relation of their own, those whose record names the customer. */
  async peopleOfCustomer(customerId: string, query: PeopleOfCustomerQuery): Promise<PeopleOfCustomerPage> {
    const relation = relations['customer-user-customer'];
    const anchor = { side: 'target', key: customerId } as const;
    const related = this.reader.keysOf(relation, anchor);
    await this.requireCustomer(customerId);
    const request = { kind: 'customer-user', directory: this.people, related, query, identity: [relation.name, customerId, query.show] } as const;
    const list = await this.lists.page({ ...request, further: (asked) => this.membersPhases(request, { customerId, show: query.show }, asked) });
    const isRelated = await related.among(list.ends.map(({ key }) => key));
    return {
      ...list,
      items: list.ends.map((end) => ({ customerUser: toCustomerUserEnd(end), kinds: kindsOf(end, customerId, isRelated.has(foldKey(end.key))) })),
    };
  }

  async customersOfPerson(login: string, query: RelationQuery): Promise<CustomersOfPersonPage> {
    const { facts, reports } = await this.facts.loadFactsFor([login], { groupIds: [] }, deadlineIn(readDeadlineMs));
    const [person] = facts.people;
    const kinds = membershipKindsOf(person);
    if (person?.state === 'unknown' && kinds.size === 0) throw new NotFound();
    const spelled = [...(person?.listed ?? []), ...(person?.primary ? [person.primary] : []), ...(person?.assigned ?? [])];
    const related = givenKeys(spelled);
    const request = { kind: 'customer', directory: this.customers, related, query, identity: ['customers', login, query.show] } as const;
    const list = await this.lists.page({ ...request, further: unrelatedIf(query.show === 'all', request) });
    return {
      ...list,
      items: list.ends.map((end) => ({ customer: toCustomerEnd(end), kinds: [...(kinds.get(foldKey(end.key)) ?? [])] })),
      reports: reportsOf(list.reports, reports),
    };
  }

  private membersPhases(
    request: Pick<ListRequest, 'directory' | 'related'>,
    { customerId, show }: { customerId: string; show: PeopleOfCustomerQuery['show'] },
    asked: Parameters<ListRequest['further']>[0],
  ): FurtherPhase[] {
    if (show === 'assigned') return [];
    const unrelated = keepUnrelated(request.related);
    const isPrimary = (end: End): boolean => kindsOf(end, customerId, false).includes('primary');
    const primary = restOf(request, asked, { customerId, validity: 'all', keep: unrelated, isCounted: isPrimary });
    if (show === 'members') return [primary];
    const others: Keep = async (ends) => unrelated(ends.filter((end) => !isPrimary(end)));
    const rest = restOf(request, asked, { customerId: null, validity: 'valid', keep: others, isCounted: ({ validity }) => validity === 'valid' });
    // the directory's count of everybody who is valid has them already
    return [{ ...primary, count: async () => ({ value: 0, capped: false }) }, rest];
  }

  /** Somebody may belong to a customer that no backend knows. Throws NotFound where nobody does. */
  private async requireCustomer(customerId: string): Promise<void> {
    const deadline = deadlineIn(readDeadlineMs);
    try {
      await this.reader.requireAnchor(relations['customer-user-customer'], { side: 'target', key: customerId }, deadline);
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
      const query = { search: null, backendId: null, customerId, email: null, validity: 'all', limit: 1, cursor: null } as const;
      const page = await this.people.page(query, deadline);
      if (page.items.length === 0) throw error;
    }
  }
}

/** With `all`, whoever is valid and has not been shown as related. */
function unrelatedIf(isAll: boolean, request: Pick<ListRequest, 'directory' | 'related'>): ListRequest['further'] {
  return (asked) =>
    isAll
      ? [restOf(request, asked, { customerId: null, validity: 'valid', keep: keepUnrelated(request.related), isCounted: ({ validity }) => validity === 'valid' })]
      : [];
}

function kindsOf({ owned }: End, customerId: string, isAssigned: boolean): MembershipKind[] {
  const primary = owned === null ? '' : textOf(owned.record, owned.backend.fields.roles.customerId);
  const listed = owned?.record.values['UserCustomerIDs'];
  const isListed = typeof listed === 'string' && listedCustomerIds(listed).some((id) => foldKey(id) === foldKey(customerId));
  return [
    ...(foldKey(primary) === foldKey(customerId) ? (['primary'] as const) : []),
    ...(isListed ? (['listed'] as const) : []),
    ...(isAssigned ? (['assigned'] as const) : []),
  ];
}

function membershipKindsOf(person: PersonFacts | undefined): ReadonlyMap<string, readonly MembershipKind[]> {
  const kinds = new Map<string, MembershipKind[]>();
  const note = (kind: MembershipKind, customerId: string): void => {
    const known = kinds.get(foldKey(customerId)) ?? [];
    if (!known.includes(kind)) kinds.set(foldKey(customerId), [...known, kind]);
  };
  if (person?.primary) note('primary', person.primary);
  for (const customerId of person?.listed ?? []) note('listed', customerId);
  for (const customerId of person?.assigned ?? []) note('assigned', customerId);
  return kinds;
}
