import { z } from 'zod';
import { MembershipKind } from './membership.js';
import { BackendReport } from './page.js';
import { CustomerEnd, CustomerUserEnd, deltaOf, GroupEnd, relationPageOf, RelationQuery } from './relation.js';

/** A permission type: `ro`, `rw`, or another of System::Customer::Permission. `rw` includes every type. */
export const PermissionKey = z.string().min(1).max(20);

/** How groups and permissions are set up. While support is off everybody has every valid group. */
export const PermissionSettings = z
  .object({
    /** CustomerGroupSupport. */
    isSupportOn: z.boolean(),
    /** System::Customer::Permission, `rw` last. */
    keys: z.array(PermissionKey),
    /** CustomerGroupPermissionContext: the first is the customer's own tickets, the second, if any, other customers'. */
    contexts: z.array(z.object({ context: z.string(), name: z.string(), kind: z.enum(['same', 'other']) })),
    alwaysGroups: z.array(z.string()),
    companyAlwaysGroups: z.array(z.string()),
    /** Ticket::Service. */
    isServiceOn: z.boolean(),
  })
  .meta({ id: 'PermissionSettings' });
export type PermissionSettings = z.infer<typeof PermissionSettings>;

/** Every way to a permission. `key` is the type that is stored, which may be `rw` where `ro` is asked for. */
export const GrantReason = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('support-off') }),
    z.object({ kind: z.literal('always-group') }),
    z.object({ kind: z.literal('direct'), key: PermissionKey }),
    z.object({ kind: z.literal('customer'), key: PermissionKey, customer: CustomerEnd, memberships: z.array(MembershipKind) }),
    z.object({ kind: z.literal('customer-always-group'), customer: CustomerEnd, memberships: z.array(MembershipKind) }),
  ])
  .meta({ id: 'GrantReason' });
export type GrantReason = z.infer<typeof GrantReason>;

const through = z.array(z.object({ key: PermissionKey, reasons: z.array(GrantReason) }));

/** `keys`: stored for the person itself; `through`: what holds for other reasons, beside the boxes. */
export const GroupOfPerson = z.object({ group: GroupEnd, keys: z.array(PermissionKey), through });
export type GroupOfPerson = z.infer<typeof GroupOfPerson>;
export const GroupsOfPersonPage = relationPageOf(GroupOfPerson).meta({ id: 'GroupsOfPersonPage' });
export type GroupsOfPersonPage = z.infer<typeof GroupsOfPersonPage>;

/** `assigned`: who has a right of his own; `effective`: whoever has one, by whatever way; `all`: everybody. */
export const PeopleOfGroupQuery = RelationQuery.extend({ show: z.enum(['assigned', 'effective', 'all']).default('assigned') });
export type PeopleOfGroupQuery = z.infer<typeof PeopleOfGroupQuery>;
export const PersonOfGroup = z.object({ customerUser: CustomerUserEnd, keys: z.array(PermissionKey), through });
export type PersonOfGroup = z.infer<typeof PersonOfGroup>;
export const PeopleOfGroupPage = relationPageOf(PersonOfGroup).meta({ id: 'PeopleOfGroupPage' });
export type PeopleOfGroupPage = z.infer<typeof PeopleOfGroupPage>;

const cell = z.strictObject({ key: PermissionKey, context: z.string().max(100) });
export const GroupOfCustomer = z.object({ group: GroupEnd, grants: z.array(cell), isAlways: z.boolean() });
export type GroupOfCustomer = z.infer<typeof GroupOfCustomer>;
export const GroupsOfCustomerPage = relationPageOf(GroupOfCustomer).meta({ id: 'GroupsOfCustomerPage' });
export type GroupsOfCustomerPage = z.infer<typeof GroupsOfCustomerPage>;

export const CustomerOfGroup = z.object({ customer: CustomerEnd, grants: z.array(cell), isAlways: z.boolean() });
export type CustomerOfGroup = z.infer<typeof CustomerOfGroup>;
export const CustomersOfGroupPage = relationPageOf(CustomerOfGroup).meta({ id: 'CustomersOfGroupPage' });
export type CustomersOfGroupPage = z.infer<typeof CustomersOfGroupPage>;

const keys = z.array(PermissionKey).max(50);
const groupId = z.number().int();
const login = z.string().min(1).max(250);
const customerId = z.string().min(1).max(250);

/** Adding `rw` removes the smaller types of the same pair, which it includes. */
export const GroupsOfPersonDelta = deltaOf(z.strictObject({ groupId, key: PermissionKey }), z.strictObject({ groupId, keys })).meta({
  id: 'GroupsOfPersonDelta',
});
export type GroupsOfPersonDelta = z.infer<typeof GroupsOfPersonDelta>;
export const PeopleOfGroupDelta = deltaOf(z.strictObject({ login, key: PermissionKey }), z.strictObject({ login, keys })).meta({
  id: 'PeopleOfGroupDelta',
});
export type PeopleOfGroupDelta = z.infer<typeof PeopleOfGroupDelta>;
export const GroupsOfCustomerDelta = deltaOf(cell.extend({ groupId }), z.strictObject({ groupId, grants: z.array(cell).max(100) })).meta({
  id: 'GroupsOfCustomerDelta',
});
export type GroupsOfCustomerDelta = z.infer<typeof GroupsOfCustomerDelta>;
export const CustomersOfGroupDelta = deltaOf(
  cell.extend({ customerId }),
  z.strictObject({ customerId, grants: z.array(cell).max(100) }),
).meta({ id: 'CustomersOfGroupDelta' });
export type CustomersOfGroupDelta = z.infer<typeof CustomersOfGroupDelta>;

/** A right that is missing, and what is missing for it. */
export const WhyNot = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('group-invalid') }),
    z.object({ kind: z.literal('unknown-key') }),
    z.object({ kind: z.literal('no-direct-grant'), has: z.array(PermissionKey) }),
    z.object({ kind: z.literal('no-customers') }),
    z.object({ kind: z.literal('customer-without-grant'), customer: CustomerEnd, has: z.array(PermissionKey) }),
    z.object({ kind: z.literal('primary-excluded'), customer: CustomerEnd }),
    z.object({ kind: z.literal('not-always-group') }),
    /** A backend that could have the person does not answer: customers of the record itself are not known. */
    z.object({ kind: z.literal('person-unreachable') }),
  ])
  .meta({ id: 'WhyNot' });
export type WhyNot = z.infer<typeof WhyNot>;

/** `whyNot` is empty where it is allowed. */
export const GrantExplanation = z
  .object({
    person: CustomerUserEnd,
    group: GroupEnd,
    key: PermissionKey,
    isAllowed: z.boolean(),
    reasons: z.array(GrantReason),
    whyNot: z.array(WhyNot),
    reports: z.array(BackendReport),
  })
  .meta({ id: 'GrantExplanation' });
export type GrantExplanation = z.infer<typeof GrantExplanation>;

/** `search`: in the names of groups. */
export const EffectivePermissionsQuery = z.object({
  search: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  cursor: z.string().max(4000).optional(),
});
export type EffectivePermissionsQuery = z.infer<typeof EffectivePermissionsQuery>;

/** What a person may do in each group, and whose tickets he or she sees. */
export const EffectivePermissions = z
  .object({
    /** Of an unknown login too, what relations name it holds. */
    person: CustomerUserEnd,
    settings: PermissionSettings,
    groups: z.array(
      z.object({ group: GroupEnd, grants: z.array(z.object({ key: PermissionKey, reasons: z.array(GrantReason) })) }),
    ),
    nextCursor: z.string().nullable(),
    /** `direct`: the person's own customers; `through`: seen by the other-customers context, with the group it comes by. */
    customers: z.array(
      z.object({
        customer: CustomerEnd,
        memberships: z.array(MembershipKind),
        through: z.array(z.object({ customerId: z.string(), group: GroupEnd, key: PermissionKey })),
      }),
    ),
    /** More customers are seen than are listed. */
    hasMoreCustomers: z.boolean(),
    reports: z.array(BackendReport),
  })
  .meta({ id: 'EffectivePermissions' });
export type EffectivePermissions = z.infer<typeof EffectivePermissions>;

/** A ticket by its number, where the host keeps its tickets here, or by what decides about it. */
export const TicketAccessQuery = z.object({
  ticketNumber: z.string().min(1).max(50).optional(),
  /** The group of the ticket's queue. */
  groupId: z.coerce.number().int().optional(),
  customerId: z.string().max(250).optional(),
  customerUser: z.string().max(250).optional(),
  key: PermissionKey.default('ro'),
});
export type TicketAccessQuery = z.infer<typeof TicketAccessQuery>;

/**
 * One check of CustomerTicket::Permission. A required one that refuses ends it, and so does a granting one that accepts;
 * what comes behind is not asked.
 */
export const TicketStep = z.object({
  name: z.string(),
  /** `null`: a module of the helpdesk's own, whose answer is not known here. */
  check: z.enum(['group', 'customer-user', 'customer', 'other-customers']).nullable(),
  isRequired: z.boolean(),
  isGranting: z.boolean(),
  outcome: z.enum(['denies', 'allows', 'goes-on', 'not-asked', 'unknown']),
  accepts: z.boolean().nullable(),
  /** Why the group is effective; the way to the ticket's customer; the own customer by which others' tickets are open. */
  reasons: z.array(GrantReason),
  memberships: z.array(MembershipKind),
  through: z.array(z.object({ customerId: z.string(), key: PermissionKey })),
  refusedBecause: z
    .enum([
      'group-not-effective', 'no-customer-user', 'other-person', 'person-unknown', 'no-customer', 'not-own-customer',
      'company-access-disabled', 'support-off', 'context-off', 'not-granted',
    ])
    .nullable(),
});
export type TicketStep = z.infer<typeof TicketStep>;

export const TicketAccess = z
  .object({
    person: CustomerUserEnd,
    ticket: z.object({
      ticketNumber: z.string().nullable(),
      group: GroupEnd,
      customerId: z.string().nullable(),
      customerUser: z.string().nullable(),
    }),
    key: PermissionKey,
    /** Whether the ticket opens. `null`: a check that is not known here decides, or the person's backend does not answer. */
    isAllowed: z.boolean().nullable(),
    /** Whether the person's list of tickets has it: the helpdesk decides that by other rules. */
    isListed: z.boolean(),
    steps: z.array(TicketStep),
    reports: z.array(BackendReport),
  })
  .meta({ id: 'TicketAccess' });
export type TicketAccess = z.infer<typeof TicketAccess>;
