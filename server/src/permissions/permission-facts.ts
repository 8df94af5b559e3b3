import type { PermissionSettings } from '../../contract/grant.js';
import type { Validity } from '../../contract/validity.js';
import { foldKey } from '../kernel/fold-key.js';

export interface GroupFact {
  readonly groupId: number;
  readonly name: string;
  readonly validity: Validity;
}

/** A stored right of one person. Only rows whose value is 1 are facts. */
export interface DirectGrant {
  readonly login: string;
  readonly groupId: number;
  readonly key: string;
}

/** A stored right of one customer, in one context. */
export interface CustomerGrant {
  readonly customerId: string;
  readonly groupId: number;
  readonly key: string;
  readonly context: string;
}

/** What a record, and the relations beside it, say of one person. */
export interface PersonFacts {
  /** As the record spells it; of whoever has none, as it was asked for. */
  readonly login: string;
  /** `unknown`: no backend has it. `unreachable`: one that could have it does not answer, so primary and listed are not known. */
  readonly state: 'known' | 'unknown' | 'unreachable';
  readonly record: {
    readonly fullName: string;
    readonly email: string;
    readonly validity: Validity;
    readonly backendId: string;
  } | null;
  /** UserCustomerID. */
  readonly primary: string | null;
  /** CustomerUserExcludePrimaryCustomerID of the person's backend. */
  readonly isPrimaryExcluded: boolean;
  /** UserCustomerIDs, in its order. */
  readonly listed: readonly string[];
  /** Relations of their own, in the order of the customer ID. */
  readonly assigned: readonly string[];
}

/**
 * All that rights follow from. Logins and customer IDs compare in any case; order and repetitions mean nothing. Groups
 * that are not among `groups` are not answered for, and people who are not among `people` have no customers.
 */
export interface PermissionFacts {
  readonly settings: PermissionSettings;
  readonly groups: readonly GroupFact[];
  readonly people: readonly PersonFacts[];
  readonly direct: readonly DirectGrant[];
  readonly ofCustomers: readonly CustomerGrant[];
}

/** The name of a context as it is stored; `null`: it is not configured, so that no stored row is in it. */
export function contextOf({ contexts }: PermissionSettings, kind: 'same' | 'other'): string | null {
  return contexts.find((context) => context.kind === kind)?.context ?? null;
}

/** Who is not among the people is somebody of whom nothing is known. */
export function personOf({ people }: PermissionFacts, login: string): PersonFacts {
  const folded = foldKey(login);
  return people.find((person) => foldKey(person.login) === folded) ?? nobody(login);
}

export function nobody(login: string, state: 'unknown' | 'unreachable' = 'unknown'): PersonFacts {
  return { login, state, record: null, primary: null, isPrimaryExcluded: false, listed: [], assigned: [] };
}
