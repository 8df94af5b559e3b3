import type { TicketStep } from '../../contract/grant.js';
import type { MembershipKind } from '../../contract/membership.js';
import type { TicketCheck, TicketPermission } from '../configuration/index.js';
import { foldKey } from '../kernel/fold-key.js';
import { contextCustomers, otherContextWays } from './context-customers.js';
import { membershipsOf } from './customer-ids.js';
import { contextOf, personOf, type PermissionFacts } from './permission-facts.js';
import { customerKeys, included, resolveGrants, type Reason } from './resolve-grants.js';

/** What of a ticket decides who may see it. */
export interface TicketFacts {
  /** The group of its queue. */
  readonly groupId: number;
  readonly customerId: string | null;
  readonly customerUser: string | null;
}

export interface TicketQuestion {
  readonly login: string;
  readonly ticket: TicketFacts;
  readonly key: string;
}

export interface TicketRules {
  /** CustomerTicket::Permission, in its order. */
  readonly permissions: readonly TicketPermission[];
  /** Ticket::Frontend::CustomerDisableCompanyTicketAccess. */
  readonly isCompanyAccessDisabled: boolean;
}

export interface CheckedStep {
  readonly name: string;
  readonly check: TicketStep['check'];
  readonly isRequired: boolean;
  readonly isGranting: boolean;
  readonly outcome: TicketStep['outcome'];
  readonly accepts: boolean | null;
  readonly reasons: readonly Reason[];
  readonly memberships: readonly MembershipKind[];
  readonly through: readonly { readonly customerId: string; readonly key: string }[];
  readonly refusedBecause: TicketStep['refusedBecause'];
}

/** `isAllowed` is `null` where a check that is not known here decides. */
export interface CheckedTicket {
  readonly isAllowed: boolean | null;
  readonly steps: readonly CheckedStep[];
}

/** Asks the helpdesk's checks in their order, as it does when a customer user opens one ticket. */
export function checkTicket(facts: PermissionFacts, question: TicketQuestion, rules: TicketRules): CheckedTicket {
  const steps: CheckedStep[] = [];
  let decided: boolean | null = null;
  let isCertain = true;
  for (const permission of rules.permissions) {
    const step = askedStep(permission, decided === null ? checked(facts, question, { permission, rules }) : notAsked);
    steps.push(step);
    if (step.outcome === 'denies') decided = false;
    if (step.outcome === 'allows') decided = true;
    if (step.outcome === 'unknown') isCertain = false;
  }
  const isAllowed = decided ?? false;
  return { isAllowed: isCertain || isSureAnyhow(steps, isAllowed) ? isAllowed : null, steps };
}

/** Whether the person's own list of tickets has it. Where the two differ, the helpdesk's list and its checks differ. */
export function isTicketListed(facts: PermissionFacts, { login, ticket, key }: TicketQuestion, { isCompanyAccessDisabled }: Pick<TicketRules, 'isCompanyAccessDisabled'>): boolean {
  const grants = resolveGrants(facts);
  const hasGroup = facts.groups.some(({ groupId }) => grants.reasons(login, groupId, key).length > 0);
  if (!hasGroup) return false;
  const isOwn = ticket.customerUser !== null && foldKey(ticket.customerUser) === foldKey(login);
  const isOfOwnCustomer = membershipOf(facts, login, ticket.customerId) !== null;
  const isInGroup = grants.reasons(login, ticket.groupId, key).length > 0;
  if (isCompanyAccessDisabled) return isOwn && isInGroup;
  return ((isOwn || isOfOwnCustomer) && isInGroup) || isSeenThroughOthers(facts, login, ticket);
}

type Checked = Pick<CheckedStep, 'accepts' | 'reasons' | 'memberships' | 'through' | 'refusedBecause'>;
type Refusal = NonNullable<CheckedStep['refusedBecause']>;

const silent: Checked = { accepts: null, reasons: [], memberships: [], through: [], refusedBecause: null };
const notAsked = 'not-asked';
const accepted = (why: Partial<Checked>): Checked => ({ ...silent, ...why, accepts: true });
const refused = (refusedBecause: Refusal): Checked => ({ ...silent, accepts: false, refusedBecause });

const checkNames = {
  GroupCheck: 'group',
  CustomerUserIDCheck: 'customer-user',
  CustomerIDCheck: 'customer',
  CustomerGroupCheck: 'other-customers',
} as const satisfies Record<TicketCheck, TicketStep['check']>;

function askedStep(permission: TicketPermission, answer: Checked | typeof notAsked): CheckedStep {
  const { name, check, isRequired, isGranting } = permission;
  const step = { name, check: check === null ? null : checkNames[check], isRequired, isGranting };
  if (answer === notAsked) return { ...step, ...silent, outcome: 'not-asked' };
  return { ...step, ...answer, outcome: outcomeOf(permission, answer.accepts) };
}

function outcomeOf({ isRequired, isGranting }: TicketPermission, accepts: boolean | null): CheckedStep['outcome'] {
  if (accepts === null) return 'unknown';
  if (isRequired && !accepts) return 'denies';
  return isGranting && accepts ? 'allows' : 'goes-on';
}

/** A check nobody knows could have denied only where it is required, and allowed only where it grants. */
function isSureAnyhow(steps: readonly CheckedStep[], isAllowed: boolean): boolean {
  const unknown = steps.filter(({ outcome }) => outcome === 'unknown');
  return isAllowed ? unknown.every(({ isRequired }) => !isRequired) : unknown.every(({ isGranting }) => !isGranting);
}

function checked(facts: PermissionFacts, question: TicketQuestion, { permission, rules }: { permission: TicketPermission; rules: TicketRules }): Checked {
  switch (permission.check) {
    case 'GroupCheck':
      return checkGroup(facts, question);
    case 'CustomerUserIDCheck':
      return checkCustomerUser(facts, question);
    case 'CustomerIDCheck':
      return rules.isCompanyAccessDisabled ? refused('company-access-disabled') : checkCustomer(facts, question);
    case 'CustomerGroupCheck':
      return rules.isCompanyAccessDisabled ? refused('company-access-disabled') : checkOtherCustomers(facts, question);
    case null:
      return silent;
  }
}

function checkGroup(facts: PermissionFacts, { login, ticket, key }: TicketQuestion): Checked {
  const reasons = resolveGrants(facts).reasons(login, ticket.groupId, key);
  return reasons.length > 0 ? accepted({ reasons }) : refused('group-not-effective');
}

/** Who has no record has no login that the helpdesk could compare. */
function checkCustomerUser(facts: PermissionFacts, { login, ticket: { customerUser } }: TicketQuestion): Checked {
  if (customerUser === null || customerUser === '') return refused('no-customer-user');
  if (personOf(facts, login).state === 'unknown') return refused('person-unknown');
  return foldKey(customerUser) === foldKey(login) ? accepted({}) : refused('other-person');
}

function checkCustomer(facts: PermissionFacts, { login, ticket: { customerId } }: TicketQuestion): Checked {
  if (customerId === null || customerId === '') return refused('no-customer');
  const memberships = membershipOf(facts, login, customerId);
  return memberships === null ? refused('not-own-customer') : accepted({ memberships });
}

/** The ticket's own customer does not matter here, as long as it has one. */
function checkOtherCustomers(facts: PermissionFacts, { login, ticket, key }: TicketQuestion): Checked {
  if (!facts.settings.isSupportOn) return refused('support-off');
  if (contextOf(facts.settings, 'other') === null) return refused('context-off');
  if (ticket.customerId === null || ticket.customerId === '') return refused('no-customer');
  const ways = otherContextWays(facts, login, [...new Set([key, 'rw'])]).filter(({ groupId }) => groupId === ticket.groupId);
  if (ways.length === 0) return refused('not-granted');
  return accepted({ through: ways.map((way) => ({ customerId: way.customerId, key: way.key })) });
}

function membershipOf(facts: PermissionFacts, login: string, customerId: string | null): readonly MembershipKind[] | null {
  if (customerId === null || customerId === '') return null;
  const folded = foldKey(customerId);
  return membershipsOf(personOf(facts, login)).find((membership) => foldKey(membership.customerId) === folded)?.kinds ?? null;
}

/** Tickets of another customer, in a group where it sees its own tickets and an own customer sees others'. */
function isSeenThroughOthers(facts: PermissionFacts, login: string, { customerId, groupId }: TicketFacts): boolean {
  if (customerId === null || customerId === '') return false;
  const others = contextCustomers(facts, login).filter(({ memberships }) => memberships.length === 0);
  const isOther = others.some((other) => foldKey(other.customerId) === foldKey(customerId));
  const hasWay = otherContextWays(facts, login).some((way) => way.groupId === groupId);
  const same = customerKeys(facts, contextOf(facts.settings, 'same'))(customerId, groupId);
  return isOther && hasWay && (included(same, 'ro').length > 0);
}
