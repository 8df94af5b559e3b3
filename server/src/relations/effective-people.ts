import { Inject, Injectable } from '@nestjs/common';
import { CustomerUserDirectory } from '../backends/index.js';
import { CONFIGURATION, type Configuration } from '../configuration/index.js';
import type { Deadline } from '../kernel/deadline.js';
import { foldKey } from '../kernel/fold-key.js';
import { PermissionFactsLoader, permissionSettingsOf, resolveGrants } from '../permissions/index.js';
import { textOf } from '../records/record-fields.js';
import { EndFinder, type End } from './ends.js';
import { keepUnrelated, relatedPhase, type Keep } from './phases.js';
import type { RelatedKeys } from './related-keys.js';
import { relations } from './relation.js';
import { restOf, type FurtherPhase, type ListRequest } from './relation-list.js';
import { RelationReader } from './relation-reader.js';

/** Customers that are gone through one by one; with more of them, everybody is looked at instead. */
const mostCustomers = 200;

/**
 * Whoever has a permission on a group without a row of his own. Invalid people among them, as rights do not ask for it:
 * what is said of a group's people is what is said of each person's groups.
 */
@Injectable()
export class EffectivePeople {
  constructor(
    private readonly reader: RelationReader,
    private readonly people: CustomerUserDirectory,
    private readonly finder: EndFinder,
    private readonly facts: PermissionFactsLoader,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  /** What is shown behind the people with rows of their own, each person once. */
  async phases(group: End, direct: RelatedKeys, deadline: Deadline): Promise<ListRequest['further']> {
    if (group.validity !== 'valid') return () => [];
    const settings = permissionSettingsOf(this.configuration.settings);
    const request = { directory: this.people, related: direct };
    const unrelated = keepUnrelated(direct);
    const isEverybodys = !settings.isSupportOn || settings.alwaysGroups.includes(group.name ?? '');
    if (isEverybodys) {
      return (asked) => [restOf(request, asked, { customerId: null, validity: 'all', keep: unrelated, isCounted: ({ state }) => state === 'known' })];
    }
    const customers = await this.customersOf(group, settings.contexts.find(({ kind }) => kind === 'same')?.context ?? null);
    const isOfAllCustomers = settings.companyAlwaysGroups.includes(group.name ?? '') || customers.length > mostCustomers;
    if (isOfAllCustomers) {
      const keep: Keep = async (ends) => {
        const candidates = [...(await unrelated(ends))];
        const ways = await this.waysOf(group, candidates, deadline);
        return new Set(candidates.filter(({ key }) => (ways.get(foldKey(key)) ?? []).length > 0));
      };
      return (asked) => [{ ...restOf(request, asked, { customerId: null, validity: 'all', keep, isCounted: () => false }), count: async () => ({ value: 0, capped: true }) }];
    }
    return (asked) =>
      customers.flatMap((customerId): FurtherPhase[] => {
        const keep = this.keepFirst(group, { customers, customerId, unrelated, deadline });
        const members = this.reader.keysOf(relations['customer-user-customer'], { side: 'target', key: customerId });
        return [
          { ...restOf(request, asked, { customerId, validity: 'all', keep, isCounted: () => false }), count: async () => ({ value: 0, capped: true }) },
          {
            phase: relatedPhase(members, { kind: 'customer-user', finder: this.finder, search: asked.text, deadline, keep: this.notPrimary(customerId, keep) }),
            count: async () => ({ value: 0, capped: true }),
          },
        ];
      });
  }

  /** Whoever has it through several customers is shown with the first of them. */
  private keepFirst(
    group: End,
    { customers, customerId, unrelated, deadline }: { customers: readonly string[]; customerId: string; unrelated: Keep; deadline: Deadline },
  ): Keep {
    const places = new Map(customers.map((id, index) => [foldKey(id), index]));
    const own = places.get(foldKey(customerId));
    return async (ends) => {
      const candidates = [...(await unrelated(ends))];
      const ways = await this.waysOf(group, candidates, deadline);
      return new Set(
        candidates.filter(({ key }) => {
          const through = (ways.get(foldKey(key)) ?? []).flatMap((id) => places.get(foldKey(id)) ?? []);
          return through.length > 0 && Math.min(...through) === own;
        }),
      );
    };
  }

  /** The primary ones have been shown, as the directory found them. */
  private notPrimary(customerId: string, keep: Keep): Keep {
    return async (ends) => {
      const isPrimary = ({ owned }: End): boolean =>
        owned !== null && foldKey(textOf(owned.record, owned.backend.fields.roles.customerId)) === foldKey(customerId);
      return keep(ends.filter((end) => !isPrimary(end)));
    };
  }

  /** The customers by which each of them has a permission on the group. */
  private async waysOf(group: End, ends: readonly End[], deadline: Deadline): Promise<ReadonlyMap<string, readonly string[]>> {
    if (ends.length === 0) return new Map();
    const groupId = Number(group.key);
    const { facts } = await this.facts.loadFactsFor(ends.map(({ key }) => key), { groupIds: [groupId] }, deadline);
    const grants = resolveGrants(facts);
    return new Map(
      ends.map(({ key: login }) => [
        foldKey(login),
        facts.settings.keys.flatMap((key) => grants.reasons(login, groupId, key).flatMap((reason) => ('customerId' in reason ? [reason.customerId] : []))),
      ]),
    );
  }

  private async customersOf(group: End, context: string | null): Promise<string[]> {
    const rows = await this.reader.all(relations['customer-group'], { side: 'target', key: group.key });
    const granted = [...rows.values()].map((ofOne) => ofOne.find((row) => row.context === context)?.owner);
    return granted.filter((customerId) => customerId !== undefined).sort((one, other) => (foldKey(one) < foldKey(other) ? -1 : 1));
  }
}
