import { z } from 'zod';
import { CustomerEnd, CustomerUserEnd, deltaOf, relationPageOf, RelationQuery } from './relation.js';

/** `primary`: the person's own customer ID; `listed`: named in UserCustomerIDs; `assigned`: a relation of its own. */
export const membershipKinds = ['primary', 'listed', 'assigned'] as const;
export const MembershipKind = z.enum(membershipKinds);
export type MembershipKind = z.infer<typeof MembershipKind>;

/** Customers of one person. `kinds` is empty for a customer that the person does not belong to (`show=all`). */
export const CustomerOfPerson = z.object({ customer: CustomerEnd, kinds: z.array(MembershipKind) });
export type CustomerOfPerson = z.infer<typeof CustomerOfPerson>;
export const CustomersOfPersonPage = relationPageOf(CustomerOfPerson).meta({ id: 'CustomersOfPersonPage' });
export type CustomersOfPersonPage = z.infer<typeof CustomersOfPersonPage>;

export const PersonOfCustomer = z.object({ customerUser: CustomerUserEnd, kinds: z.array(MembershipKind) });
export type PersonOfCustomer = z.infer<typeof PersonOfCustomer>;
export const PeopleOfCustomerPage = relationPageOf(PersonOfCustomer).meta({ id: 'PeopleOfCustomerPage' });
export type PeopleOfCustomerPage = z.infer<typeof PeopleOfCustomerPage>;

/** `members`: also the primary and the listed ones; `assigned`: only those with a relation of their own. */
export const PeopleOfCustomerQuery = RelationQuery.extend({ show: z.enum(['members', 'assigned', 'all']).default('members') });
export type PeopleOfCustomerQuery = z.infer<typeof PeopleOfCustomerQuery>;

const customerEntry = z.strictObject({ customerId: z.string().min(1).max(250) });
export const CustomersDelta = deltaOf(customerEntry, customerEntry.extend({ assigned: z.boolean() })).meta({ id: 'CustomersDelta' });
export type CustomersDelta = z.infer<typeof CustomersDelta>;

const personEntry = z.strictObject({ login: z.string().min(1).max(250) });
export const PeopleDelta = deltaOf(personEntry, personEntry.extend({ assigned: z.boolean() })).meta({ id: 'PeopleDelta' });
export type PeopleDelta = z.infer<typeof PeopleDelta>;
