import type { historySubjects } from '../../contract/history.js';

export type EndKind = (typeof historySubjects)[number];
export const relationNames = ['customer-user-group', 'customer-user-customer', 'customer-user-service', 'customer-group'] as const;
export type RelationName = (typeof relationNames)[number];
/** A relation is written from one of its two sides. */
export type Side = 'owner' | 'target';

/** One of the helpdesk's join tables: who (the owner) has what (the target), and for groups by which permission. */
export interface Relation {
  readonly name: RelationName;
  readonly table: string;
  readonly owner: { readonly kind: 'customer-user' | 'customer'; readonly column: string };
  readonly target: { readonly kind: 'customer' | 'group' | 'service'; readonly column: string };
  /** `rw` includes the other types. Without permissions a relation is there or not: its only key is `assigned`. */
  readonly hasKeys: boolean;
  /** Whose tickets a permission is about (permission_context). */
  readonly hasContext: boolean;
  /** Some tables of the helpdesk keep who made a row and not who changed it. */
  readonly hasChangeColumns: boolean;
}

export const relations: Readonly<Record<RelationName, Relation>> = {
  'customer-user-group': {
    name: 'customer-user-group',
    table: 'group_customer_user',
    owner: { kind: 'customer-user', column: 'user_id' },
    target: { kind: 'group', column: 'group_id' },
    hasKeys: true,
    hasContext: false,
    hasChangeColumns: true,
  },
  'customer-user-customer': {
    name: 'customer-user-customer',
    table: 'customer_user_customer',
    owner: { kind: 'customer-user', column: 'user_id' },
    target: { kind: 'customer', column: 'customer_id' },
    hasKeys: false,
    hasContext: false,
    hasChangeColumns: true,
  },
  'customer-user-service': {
    name: 'customer-user-service',
    table: 'service_customer_user',
    owner: { kind: 'customer-user', column: 'customer_user_login' },
    target: { kind: 'service', column: 'service_id' },
    hasKeys: false,
    hasContext: false,
    hasChangeColumns: false,
  },
  'customer-group': {
    name: 'customer-group',
    table: 'group_customer',
    owner: { kind: 'customer', column: 'customer_id' },
    target: { kind: 'group', column: 'group_id' },
    hasKeys: true,
    hasContext: true,
    hasChangeColumns: true,
  },
};

/** The only key of a relation without permissions. */
export const assigned = 'assigned';
/** Includes every other permission. */
export const everyPermission = 'rw';
/** Holds the default services in the place of a login. Nobody is called so. */
export const defaultsLogin = '<DEFAULT>';

/** Two ends, and of a customer's permissions the context; `''` elsewhere. Of groups and services the number, as text. */
export interface Slot {
  readonly owner: string;
  readonly target: string;
  readonly context: string;
}

/** What is stored, or to be: one key of a slot. */
export interface Cell extends Slot {
  readonly key: string;
}

export function otherSide(side: Side): Side {
  return side === 'owner' ? 'target' : 'owner';
}

export function isNumbered(kind: EndKind): boolean {
  return kind === 'group' || kind === 'service';
}
