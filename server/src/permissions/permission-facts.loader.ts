import { Inject, Injectable } from '@nestjs/common';
import type { PermissionSettings } from '../../contract/grant.js';
import type { BackendReport } from '../../contract/page.js';
import { CustomerUserDirectory, type FoundRecords, type OwnedRecord } from '../backends/index.js';
import { CONFIGURATION, type Configuration } from '../configuration/index.js';
import type { Deadline } from '../kernel/deadline.js';
import { foldKey } from '../kernel/fold-key.js';
import { textOf } from '../records/record-fields.js';
import { contextKeys, type OtherContextWay } from './context-customers.js';
import { excludedPrimary, listedCustomerIds, membershipsOf } from './customer-ids.js';
import { contextOf, nobody, type PermissionFacts, type PersonFacts } from './permission-facts.js';
import { PermissionFactsRepository } from './permission-facts.repository.js';
import { permissionSettingsOf } from './permission-settings.js';

export interface FactsScope {
  /** Rights on these groups only; when not given: on every group that somebody reaches. */
  readonly groupIds?: readonly number[];
  /** Customers beyond those of the people: whom a write is going to relate. */
  readonly customerIds?: readonly string[];
}

export interface LoadedFacts {
  readonly facts: PermissionFacts;
  /** One for each backend of people: where one failed, some may be `unreachable`. */
  readonly reports: readonly BackendReport[];
}

/** Brings together what rights follow from, in a number of queries that does not grow with the people. */
@Injectable()
export class PermissionFactsLoader {
  constructor(
    private readonly directory: CustomerUserDirectory,
    private readonly repository: PermissionFactsRepository,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  /** Of up to 1,000 people, by any spelling, with or without a record. A backend that fails never throws here. */
  async loadFactsFor(logins: readonly string[], scope: FactsScope, deadline: Deadline): Promise<LoadedFacts> {
    const asked = [...new Map(logins.map((login) => [foldKey(login), login])).values()];
    const groupIds = scope.groupIds ?? null;
    const [found, assigned, direct] = await Promise.all([
      this.directory.findMany(asked, deadline),
      this.repository.assignedCustomers(asked, deadline.signal),
      this.repository.directGrants(asked, groupIds, deadline.signal),
    ]);
    const people = asked.map((login) => toPerson(login, found, assigned.get(foldKey(login)) ?? []));
    const ofCustomers = await this.repository.customerGrants(customersOf(people, scope), groupIds, deadline.signal);
    return { facts: await this.withGroups({ people, direct, ofCustomers }, groupIds), reports: found.reports };
  }

  get settings(): PermissionSettings {
    return permissionSettingsOf(this.configuration.settings);
  }

  /** The facts with one more group to answer for; without it where there is no such group. */
  async withGroup(facts: PermissionFacts, groupId: number): Promise<PermissionFacts> {
    if (facts.groups.some((group) => group.groupId === groupId)) return facts;
    return { ...facts, groups: [...facts.groups, ...(await this.repository.groups([groupId], []))] };
  }

  /** The facts with the customers whose tickets are seen by these ways; `hasMore` says that some are left out. */
  async withOtherCustomers(facts: PermissionFacts, ways: readonly OtherContextWay[]): Promise<{ facts: PermissionFacts; hasMore: boolean }> {
    const context = contextOf(facts.settings, 'same');
    if (context === null || ways.length === 0) return { facts, hasMore: false };
    const groupIds = [...new Set(ways.map(({ groupId }) => groupId))];
    const rows = await this.repository.customersWithGrants({ groupIds, keys: contextKeys, context }, mostOtherRows + 1);
    return { facts: { ...facts, ofCustomers: [...facts.ofCustomers, ...rows.slice(0, mostOtherRows)] }, hasMore: rows.length > mostOtherRows };
  }

  private async withGroups(
    rows: Pick<PermissionFacts, 'people' | 'direct' | 'ofCustomers'>,
    groupIds: readonly number[] | null,
  ): Promise<PermissionFacts> {
    const { settings } = this;
    const reached = groupIds ?? [...new Set([...rows.direct, ...rows.ofCustomers].map(({ groupId }) => groupId))];
    const always = groupIds === null ? [...settings.alwaysGroups, ...settings.companyAlwaysGroups] : [];
    return { ...rows, settings, groups: await this.repository.groups(reached, always) };
  }
}

/** Rows by which customers are seen through others, at most. */
const mostOtherRows = 5_000;

function customersOf(people: readonly PersonFacts[], { customerIds = [] }: FactsScope): string[] {
  const own = people.flatMap((person) => [...membershipsOf(person).map(({ customerId }) => customerId), excludedPrimary(person) ?? '']);
  return [...new Map([...own, ...customerIds].filter((id) => id !== '').map((id) => [foldKey(id), id])).values()];
}

function toPerson(login: string, { owned, isComplete }: FoundRecords, assigned: readonly string[]): PersonFacts {
  const found = owned.get(foldKey(login));
  if (found === undefined) return { ...nobody(login, isComplete ? 'unknown' : 'unreachable'), assigned };
  return { ...factsOfRecord(found), assigned };
}

function factsOfRecord({ backend, record }: OwnedRecord): Omit<PersonFacts, 'assigned'> {
  const { roles } = backend.fields;
  const listed = record.values['UserCustomerIDs'];
  return {
    login: record.key,
    state: 'known',
    record: { fullName: record.name, email: textOf(record, roles.email), validity: record.validity, backendId: backend.id },
    primary: textOf(record, roles.customerId) || null,
    isPrimaryExcluded: backend.settings.excludePrimaryCustomerId,
    listed: listedCustomerIds(typeof listed === 'string' ? listed : ''),
  };
}
