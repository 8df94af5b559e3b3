import { Injectable } from '@nestjs/common';
import type { GrantReason } from '../../contract/grant.js';
import type { BackendReport } from '../../contract/page.js';
import type { Deadline } from '../kernel/deadline.js';
import { PermissionFactsLoader, resolveGrants, type Reason } from '../permissions/index.js';
import { EndFinder, toCustomerEnd, type Ends } from './ends.js';

/** What holds beside the boxes, by the permission. */
export interface InheritedGrant {
  key: string;
  reasons: GrantReason[];
}

export interface InheritedGrants {
  of(login: string, groupId: number): InheritedGrant[];
  readonly reports: readonly BackendReport[];
}

/** Permissions that people have on groups for other reasons than rows of their own; for a page, in few queries. */
@Injectable()
export class InheritedGrantsReader {
  constructor(
    private readonly loader: PermissionFactsLoader,
    private readonly finder: EndFinder,
  ) {}

  async read(logins: readonly string[], groupIds: readonly number[], deadline: Deadline): Promise<InheritedGrants> {
    const { facts, reports } = await this.loader.loadFactsFor(logins, { groupIds }, deadline);
    const grants = resolveGrants(facts);
    const customerIds = new Set(
      logins.flatMap((login) => groupIds.flatMap((groupId) => facts.settings.keys.flatMap((key) => grants.reasons(login, groupId, key).flatMap(customerOf)))),
    );
    const customers = await this.finder.find('customer', [...customerIds], deadline);
    return {
      reports,
      of: (login, groupId) =>
        facts.settings.keys
          .map((key) => ({ key, reasons: grants.reasons(login, groupId, key).filter(({ kind }) => kind !== 'direct').map((reason) => told(reason, customers)) }))
          .filter(({ reasons }) => reasons.length > 0),
    };
  }
}

function customerOf(reason: Reason): string[] {
  return 'customerId' in reason ? [reason.customerId] : [];
}

function told(reason: Reason, customers: Ends): GrantReason {
  switch (reason.kind) {
    case 'customer':
      return { kind: 'customer', key: reason.key, customer: toCustomerEnd(customers.of(reason.customerId)), memberships: [...reason.memberships] };
    case 'customer-always-group':
      return { kind: 'customer-always-group', customer: toCustomerEnd(customers.of(reason.customerId)), memberships: [...reason.memberships] };
    case 'direct':
    case 'always-group':
    case 'support-off':
      return reason;
  }
}
