import type { BackendKind } from '../../contract/backend.js';

/** A column of the helpdesk's that names a customer user by the login, or a customer by the customer ID. */
export interface KeyReference {
  readonly kind: BackendKind;
  readonly table: string;
  readonly column: string;
  /** What stands before the key in the column. */
  readonly prefix: string;
  /** Rows of another kind in the same table are left out. */
  readonly condition: string;
  /** The columns that make two rows of one key the same; `null`: rows that nobody's key left behind are replaced. */
  readonly sameBy: readonly string[] | null;
  readonly hasChangeColumns: boolean;
}

const reference = (kind: BackendKind, table: string, column: string, rest: Partial<KeyReference> = {}): KeyReference => ({
  kind, table, column, prefix: '', condition: '1 = 1', sameBy: null, hasChangeColumns: false, ...rest,
});

/**
 * Every table of the helpdesk's but those of the records themselves and of tickets. What somebody's former holder of the new
 * key has left: relations stay, for they can be given ahead; what is personal (preferences, fields, saved searches) goes.
 */
export const keyReferences: readonly KeyReference[] = [
  reference('customer-user', 'customer_preferences', 'user_id'),
  reference('customer-user', 'group_customer_user', 'user_id', { sameBy: ['group_id', 'permission_key', 'permission_value'], hasChangeColumns: true }),
  reference('customer-user', 'customer_user_customer', 'user_id', { sameBy: ['customer_id'], hasChangeColumns: true }),
  reference('customer-user', 'service_customer_user', 'customer_user_login', { sameBy: ['service_id'] }),
  reference('customer-user', 'dynamic_field_obj_id_name', 'object_name', { condition: "object_type = 'CustomerUser'" }),
  reference('customer-user', 'search_profile', 'login', { prefix: 'CustomerTicketSearch::' }),
  reference('customer', 'group_customer', 'customer_id', {
    sameBy: ['group_id', 'permission_key', 'permission_value', 'permission_context'], hasChangeColumns: true,
  }),
  reference('customer', 'customer_user_customer', 'customer_id', { sameBy: ['user_id'], hasChangeColumns: true }),
  reference('customer', 'dynamic_field_obj_id_name', 'object_name', { condition: "object_type = 'CustomerCompany'" }),
];
