import { Inject, Injectable } from '@nestjs/common';
import type { TicketAccess, TicketAccessQuery } from '../../contract/grant.js';
import { CustomerDirectory } from '../backends/index.js';
import { CONFIGURATION, type Configuration } from '../configuration/index.js';
import { deadlineIn } from '../kernel/deadline.js';
import { NotFound, ValidationFailed } from '../kernel/errors.js';
import { readDeadlineMs } from '../records/deadlines.js';
import { findCustomerEnds, toCustomerUserEnd, toGroupEnd, toReason } from './customer-ends.js';
import { membershipsOf } from './customer-ids.js';
import { personOf } from './permission-facts.js';
import { PermissionFactsLoader } from './permission-facts.loader.js';
import { checkTicket, isTicketListed, type TicketFacts, type TicketRules } from './ticket-access.js';
import { TicketsRepository } from './tickets.repository.js';

/** Whether one person may see one ticket, step by step as the helpdesk decides it. */
@Injectable()
export class TicketAccessService {
  constructor(
    private readonly loader: PermissionFactsLoader,
    private readonly customers: CustomerDirectory,
    private readonly tickets: TicketsRepository,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  /** Throws NotFound for an unknown ticket, `validation.failed` for an unknown group. */
  async check(login: string, query: TicketAccessQuery): Promise<TicketAccess> {
    const deadline = deadlineIn(readDeadlineMs);
    const ticket = await this.ticketOf(query);
    const scope = ticket.customerId === null ? {} : { customerIds: [ticket.customerId] };
    const loaded = await this.loader.loadFactsFor([login], scope, deadline);
    const facts = await this.loader.withGroup(loaded.facts, ticket.groupId);
    const group = facts.groups.find(({ groupId }) => groupId === ticket.groupId);
    if (group === undefined) throw new ValidationFailed([{ path: 'groupId', code: 'unknown' }]);

    const person = personOf(facts, login);
    const question = { login, ticket, key: query.key };
    const { isAllowed, steps } = checkTicket(facts, question, this.rules);
    const ends = await findCustomerEnds(this.customers, membershipsOf(person).map(({ customerId }) => customerId), deadline);
    return {
      person: toCustomerUserEnd(person),
      ticket: { ticketNumber: query.ticketNumber ?? null, group: toGroupEnd(group), customerId: ticket.customerId, customerUser: ticket.customerUser },
      key: query.key,
      isAllowed: isAllowed === false && person.state === 'unreachable' ? null : isAllowed,
      isListed: isTicketListed(facts, question, this.rules),
      steps: steps.map((step) => ({
        ...step,
        reasons: step.reasons.map((reason) => toReason(reason, ends)),
        memberships: [...step.memberships],
        through: [...step.through],
      })),
      reports: [...loaded.reports, ...ends.reports],
    };
  }

  private get rules(): TicketRules {
    const { ticketPermissions, isCompanyTicketAccessDisabled } = this.configuration.settings;
    return { permissions: ticketPermissions, isCompanyAccessDisabled: isCompanyTicketAccessDisabled };
  }

  private async ticketOf({ ticketNumber, groupId, customerId, customerUser }: TicketAccessQuery): Promise<TicketFacts> {
    if (ticketNumber !== undefined) {
      const others = { groupId, customerId, customerUser };
      const given = Object.entries(others).filter(([, value]) => value !== undefined);
      if (given.length > 0) throw new ValidationFailed(given.map(([path]) => ({ path, code: 'not-allowed', params: { allowed: '' } })));
      const found = await this.tickets.find(ticketNumber);
      if (found === null) throw new NotFound();
      return found;
    }
    if (groupId === undefined) throw new ValidationFailed([{ path: 'groupId', code: 'required' }]);
    return { groupId, customerId: customerId ?? null, customerUser: customerUser ?? null };
  }
}
