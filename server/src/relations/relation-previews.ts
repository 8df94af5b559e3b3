import { Inject, Injectable } from '@nestjs/common';
import type { Count } from '../../contract/page.js';
import type { EffectiveChange, RelationPreview } from '../../contract/relation.js';
import { CustomerUserDirectory } from '../backends/index.js';
import { HostCatalogues } from '../catalogues/index.js';
import type { Deadline } from '../kernel/deadline.js';
import { foldKey } from '../kernel/fold-key.js';
import {
  changeFacts, diffGrants, membershipsOf, PermissionFactsLoader, resolveServices, type FactChanges, type PermissionFacts,
} from '../permissions/index.js';
import type { Connection } from '../platform/persistence/database.js';
import { MAIN_CONNECTION } from '../platform/persistence/persistence.module.js';
import { toCustomerEnd, toServiceEnd, type End } from './ends.js';
import { countsOf, planChange, type SlotChange } from './plan-change.js';
import type { PreparedDelta } from './prepare-delta.js';
import { defaultsLogin, relations, type Cell } from './relation.js';
import { RelationsRepository } from './relations.repository.js';
import { wantedSlots } from './wanted-slots.js';

/** People whose rights are looked at, before and after. */
const mostPeople = 500;
const mostChangesListed = 100;
const mostServiceRows = 100_000;

interface Effect {
  readonly changes: readonly EffectiveChange[];
  /** Nobody else's rights change. */
  readonly isComplete: boolean;
}

/** What a change would do: to the rows, and to what people can do. */
@Injectable()
export class RelationPreviews {
  constructor(
    private readonly repository: RelationsRepository,
    private readonly facts: PermissionFactsLoader,
    private readonly people: CustomerUserDirectory,
    private readonly catalogues: HostCatalogues,
    @Inject(MAIN_CONNECTION) private readonly main: Connection,
  ) {}

  async preview(prepared: PreparedDelta, deadline: Deadline): Promise<RelationPreview> {
    const { relation, anchor, cells } = prepared;
    const side = anchor.side === 'owner' ? 'target' : 'owner';
    const rows = await this.repository.rowsBetween(this.main, relation, anchor, [...new Set(cells.map((cell) => cell[side]))]);
    const { changes } = planChange(wantedSlots(prepared), rows);
    const effect = changes.length === 0 ? { changes: [], isComplete: true } : await this.effectOf(prepared, changes, deadline);
    return { ...countsOf(changes), ...toldEffect(effect) };
  }

  private async effectOf(prepared: PreparedDelta, changes: readonly SlotChange[], deadline: Deadline): Promise<Effect> {
    if (prepared.relation.name === 'customer-user-service') return this.effectOnServices(prepared, changes, deadline);
    const owners = [...new Set(changes.map(({ owner }) => owner))];
    const isOfCustomers = prepared.relation.name === 'customer-group';
    const { logins, isComplete } = isOfCustomers ? await this.peopleOf(owners, deadline) : { logins: owners.slice(0, mostPeople), isComplete: owners.length <= mostPeople };
    const targets = [...new Set(changes.map(({ target }) => target))];
    const scope = prepared.relation.name === 'customer-user-customer' ? { customerIds: targets } : { groupIds: targets.map(Number) };
    const { facts, reports } = await this.facts.loadFactsFor(logins, scope, deadline);
    const after = changeFacts(facts, factChanges(prepared.relation.name, changes));
    // which further customers the people of a customer see through the other context is not looked up here
    const isOwn = changes.every(({ context }) => facts.settings.contexts.every(({ context: name, kind }) => kind === 'same' || name !== context));
    const isKnown = isOwn && reports.every(({ state }) => state !== 'failed');
    return { changes: [...grantChanges(facts, after), ...customerChanges(facts, after, (key) => prepared.ends.target.of(key))], isComplete: isComplete && isKnown };
  }

  /** Those whose record names one of the customers, and those related to one; who has it in a list is found by loading. */
  private async peopleOf(customerIds: readonly string[], deadline: Deadline): Promise<{ logins: string[]; isComplete: boolean }> {
    const logins = new Map<string, string>();
    let isComplete = true;
    for (const customerId of customerIds) {
      const left = mostPeople - logins.size;
      if (left <= 0) return { logins: [...logins.values()], isComplete: false };
      const query = { search: null, backendId: null, customerId, email: null, validity: 'all', limit: left, cursor: null } as const;
      const [page, related] = await Promise.all([
        this.people.page(query, deadline),
        this.repository.otherEnds(this.main, relations['customer-user-customer'], { side: 'target', key: customerId }, { behind: null, limit: left }),
      ]);
      for (const { record } of page.items) logins.set(foldKey(record.key), record.key);
      for (const { key } of related.slice(0, mostPeople - logins.size)) logins.set(foldKey(key), logins.get(foldKey(key)) ?? key);
      isComplete &&= page.nextCursor === null && page.reports.every(({ state }) => state === 'ok') && related.length < left;
    }
    return { logins: [...logins.values()].slice(0, mostPeople), isComplete: isComplete && !this.listsCustomers() };
  }

  /** UserCustomerIDs cannot be asked for backwards. */
  private listsCustomers(): boolean {
    return this.people.backends.some(({ fields }) => fields.rows.some(({ variable }) => variable === 'UserCustomerIDs'));
  }

  /** Default services are used by whoever has none of his own: nobody counts them. */
  private async effectOnServices({ relation, ends }: PreparedDelta, changes: readonly SlotChange[], deadline: Deadline): Promise<Effect> {
    const owners = [...new Set(changes.map(({ owner }) => owner))].filter((login) => login !== defaultsLogin);
    const asked = owners.slice(0, mostPeople);
    const [entries, rows] = await Promise.all([
      this.catalogues.services.names(deadline.signal),
      this.repository.rowsOf(this.main, relation, 'owner', { keys: [...asked, defaultsLogin], most: mostServiceRows }),
    ]);
    const factsById = new Map(entries.map(({ id, name, validity }) => [String(id), { serviceId: id, name, validity }]));
    const factsOf = (targets: Iterable<string>) => [...targets].flatMap((target) => factsById.get(target) ?? []);
    const storedOf = (login: string) => new Set(rows.filter((row) => foldKey(row.owner) === foldKey(login)).map(({ target }) => target));
    const usable = (targets: ReadonlySet<string>) =>
      resolveServices(
        { own: factsOf(targets), defaults: factsOf(storedOf(defaultsLogin)), invalidNames: [] },
        { usesDefaults: true, keepsChildren: true },
      ).services;
    const effects = asked.flatMap((login) => {
      const before = storedOf(login);
      const after = new Set(before);
      for (const { target, to } of changes.filter(({ owner }) => owner === login)) {
        if (to.length > 0) after.add(target);
        else after.delete(target);
      }
      return differences(usable(before), usable(after), ({ serviceId }) => String(serviceId)).map(
        ({ change, item }): EffectiveChange => ({
          login,
          fullName: ends.owner.of(login).name,
          change,
          what: { kind: 'service', service: toServiceEnd({ ...unnamed, key: String(item.serviceId), name: item.name, validity: item.validity }) },
        }),
      );
    });
    return { changes: effects, isComplete: owners.length <= mostPeople && !changes.some(({ owner }) => owner === defaultsLogin) };
  }
}

const unnamed: Omit<End, 'key'> = { state: 'known', name: null, validity: null, owned: null };

function toldEffect({ changes, isComplete }: Effect): Omit<RelationPreview, 'added' | 'removed'> {
  const people: Count = { value: new Set(changes.map(({ login }) => foldKey(login))).size, capped: !isComplete };
  const gained = changes.filter(({ change }) => change === 'gained').length;
  return {
    people,
    gained,
    lost: changes.length - gained,
    changes: changes.slice(0, mostChangesListed),
    isComplete: isComplete && changes.length <= mostChangesListed,
  };
}

function factChanges(relation: 'customer-user-group' | 'customer-user-customer' | 'customer-group', changes: readonly SlotChange[]): FactChanges {
  const cells = (pick: (change: SlotChange) => readonly string[]): Cell[] =>
    changes.flatMap((change) => pick(change).map((key) => ({ owner: change.owner, target: change.target, context: change.context, key })));
  const [add, remove] = [
    cells(({ from, to }) => to.filter((key) => !from.includes(key))),
    cells(({ from, to }) => from.filter((key) => !to.includes(key))),
  ];
  switch (relation) {
    case 'customer-user-group': {
      const toFact = ({ owner, target, key }: Cell) => ({ login: owner, groupId: Number(target), key });
      return { direct: { add: add.map(toFact), remove: remove.map(toFact) } };
    }
    case 'customer-user-customer': {
      const toFact = ({ owner, target }: Cell) => ({ login: owner, customerId: target });
      return { assigned: { add: add.map(toFact), remove: remove.map(toFact) } };
    }
    case 'customer-group': {
      const toFact = ({ owner, target, key, context }: Cell) => ({ customerId: owner, groupId: Number(target), key, context });
      return { ofCustomers: { add: add.map(toFact), remove: remove.map(toFact) } };
    }
  }
}

function grantChanges(before: PermissionFacts, after: PermissionFacts): EffectiveChange[] {
  const names = new Map(before.people.map(({ login, record }) => [foldKey(login), record?.fullName ?? null]));
  return diffGrants(before, after).map(({ login, change, group, key }) => ({
    login,
    fullName: names.get(foldKey(login)) ?? null,
    change,
    what: { kind: 'group', group, key },
  }));
}

/** Customers that people belong to, and whose tickets they therefore see. */
function customerChanges(before: PermissionFacts, after: PermissionFacts, endOf: (key: string) => End): EffectiveChange[] {
  const later = new Map(after.people.map((person) => [foldKey(person.login), person]));
  return before.people.flatMap((person) => {
    const [had, has] = [person, later.get(foldKey(person.login)) ?? person].map(membershipsOf);
    return differences(had ?? [], has ?? [], ({ customerId }) => foldKey(customerId)).map(
      ({ change, item }): EffectiveChange => ({
        login: person.login,
        fullName: person.record?.fullName ?? null,
        change,
        what: { kind: 'customer', customer: toCustomerEnd(endOf(item.customerId)) },
      }),
    );
  });
}

function differences<T>(before: readonly T[], after: readonly T[], idOf: (item: T) => string): { change: 'gained' | 'lost'; item: T }[] {
  const [had, has] = [new Set(before.map(idOf)), new Set(after.map(idOf))];
  return [
    ...after.filter((item) => !had.has(idOf(item))).map((item) => ({ change: 'gained' as const, item })),
    ...before.filter((item) => !has.has(idOf(item))).map((item) => ({ change: 'lost' as const, item })),
  ];
}
