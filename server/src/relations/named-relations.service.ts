import { Inject, Injectable } from '@nestjs/common';
import type { GroupsOfCustomerPage, GroupsOfPersonPage } from '../../contract/grant.js';
import type { BackendReport } from '../../contract/page.js';
import type { RelationQuery } from '../../contract/relation.js';
import type { ServicesOfPersonPage } from '../../contract/service.js';
import { HostCatalogues } from '../catalogues/index.js';
import { CONFIGURATION, type Configuration } from '../configuration/index.js';
import { deadlineIn, type Deadline } from '../kernel/deadline.js';
import { readDeadlineMs } from '../records/deadlines.js';
import { toGroupEnd, toServiceEnd } from './ends.js';
import { InheritedGrantsReader } from './inherited-grants.js';
import { namedPage, type NamedList } from './named-list.js';
import type { StoredRow } from './plan-change.js';
import { defaultsLogin, relations, type Relation } from './relation.js';
import { RelationReader } from './relation-reader.js';
import { grantsOf, inOrder, reportsOf, uniqueKeys } from './told-cells.js';

/** Groups and services of one person or one customer. */
@Injectable()
export class NamedRelationsService {
  constructor(
    private readonly reader: RelationReader,
    private readonly catalogues: HostCatalogues,
    private readonly inherited: InheritedGrantsReader,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  async groupsOfPerson(login: string, query: RelationQuery): Promise<GroupsOfPersonPage> {
    const deadline = deadlineIn(readDeadlineMs);
    const { list, rows, reports } = await this.page(relations['customer-user-group'], login, { query, deadline });
    const through = await this.inherited.read([login], list.ends.map(({ key }) => Number(key)), deadline);
    return {
      ...list,
      items: list.ends.map((end) => ({
        group: toGroupEnd(end),
        keys: inOrder(uniqueKeys(rows.get(end.key) ?? []), this.configuration.settings.permissionKeys),
        through: through.of(login, Number(end.key)),
      })),
      reports: reportsOf(reports, through.reports),
    };
  }

  async groupsOfCustomer(customerId: string, query: RelationQuery): Promise<GroupsOfCustomerPage> {
    const { list, rows, reports } = await this.page(relations['customer-group'], customerId, { query, deadline: deadlineIn(readDeadlineMs) });
    const always = new Set(this.configuration.settings.CustomerGroupCompanyAlwaysGroups);
    return {
      ...list,
      items: list.ends.map((end) => ({
        group: toGroupEnd(end),
        grants: grantsOf(rows.get(end.key) ?? []),
        isAlways: end.validity === 'valid' && always.has(end.name ?? ''),
      })),
      reports: reportsOf(reports),
    };
  }

  /** Of a person, or of everybody without own ones. */
  async servicesOf(login: string, query: RelationQuery): Promise<ServicesOfPersonPage> {
    const { list, rows, reports } = await this.page(relations['customer-user-service'], login, { query, deadline: deadlineIn(readDeadlineMs) });
    return { ...list, items: list.ends.map((end) => ({ service: toServiceEnd(end), assigned: rows.has(end.key) })), reports: reportsOf(reports) };
  }

  private async page(
    relation: Relation,
    key: string,
    { query, deadline }: { query: RelationQuery; deadline: Deadline },
  ): Promise<{ list: NamedList; rows: ReadonlyMap<string, readonly StoredRow[]>; reports: readonly BackendReport[] }> {
    const anchor = { side: 'owner', key } as const;
    const catalogue = relation.target.kind === 'service' ? this.catalogues.services : this.catalogues.groups;
    const [owner, rows, entries] = await Promise.all([
      key === defaultsLogin ? { reports: [] } : this.reader.requireAnchor(relation, anchor, deadline),
      this.reader.all(relation, anchor),
      catalogue.names(deadline.signal),
    ]);
    const list = namedPage({ entries, related: new Set(rows.keys()), query, identity: [relation.name, key] });
    return { list, rows, reports: owner.reports };
  }
}
