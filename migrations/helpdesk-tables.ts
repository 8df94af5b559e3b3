import {
  auditColumns, auditReferences, bigint, column, identity, index, integer, nullable, optional, smallint, table, text,
  unique, validReference, withDefault, type ColumnDefinition, type TableDefinition,
} from './table-definition.js';

/** Only the newest helpdesk numbers the rows of its join tables. */
const joinId: ColumnDefinition = optional(identity('bigint'));
const comments = nullable(text('comments', 250));
const groupReference = { column: 'group_id', table: 'permission_groups' };
const serviceReference = { column: 'service_id', table: 'service' };

/**
 * The helpdesk's tables that the product works on, as Znuny 7.1 makes them, in the order in which they are made. Of
 * wider tables (ticket, queue) there is what tickets of customer users need.
 */
export const helpdeskTables: readonly TableDefinition[] = [
  table('valid', [identity('smallint'), text('name', 200), ...auditColumns], {
    indexes: [unique('valid_name', 'name')],
    references: auditReferences,
  }),
  table(
    'users',
    [
      identity('integer'), text('login', 200), text('pw', 128), nullable(text('title', 50)), text('first_name', 100),
      text('last_name', 100), smallint('valid_id'), ...auditColumns,
    ],
    { indexes: [unique('users_login', 'login')], references: [validReference, ...auditReferences] },
  ),
  table(
    'permission_groups',
    [identity('integer'), text('name', 200), comments, smallint('valid_id'), ...auditColumns],
    { indexes: [unique('groups_name', 'name')], references: [validReference, ...auditReferences] },
  ),
  table(
    'group_customer_user',
    [
      joinId, text('user_id', 100), integer('group_id'), text('permission_key', 20), smallint('permission_value'),
      ...auditColumns,
    ],
    {
      indexes: [
        index('group_customer_user_user_id', 'user_id'),
        index('group_customer_user_group_id', 'group_id'),
      ],
      references: [groupReference, ...auditReferences],
    },
  ),
  table(
    'group_customer',
    [
      joinId, text('customer_id', 150), integer('group_id'), text('permission_key', 20), smallint('permission_value'),
      text('permission_context', 100), ...auditColumns,
    ],
    {
      indexes: [index('group_customer_customer_id', 'customer_id'), index('group_customer_group_id', 'group_id')],
      references: [groupReference, ...auditReferences],
    },
  ),
  table('service', [identity('integer'), text('name', 200), smallint('valid_id'), comments, ...auditColumns], {
    indexes: [unique('service_name', 'name')],
    references: auditReferences,
  }),
  table(
    'service_preferences',
    [joinId, integer('service_id'), text('preferences_key', 150), nullable(text('preferences_value', 250))],
    { indexes: [index('service_preferences_service_id', 'service_id')], references: [serviceReference] },
  ),
  table(
    'service_customer_user',
    [
      joinId, text('customer_user_login', 200), integer('service_id'), column('create_time', 'datetime'),
      integer('create_by'),
    ],
    {
      indexes: [
        index('service_customer_user_customer_user_login', { name: 'customer_user_login', prefix: 10 }),
        index('service_customer_user_service_id', 'service_id'),
      ],
      references: [serviceReference, { column: 'create_by', table: 'users' }],
    },
  ),
  table(
    'customer_user',
    [
      identity('integer'), text('login', 200), text('email', 150), text('customer_id', 150), nullable(text('pw', 128)),
      nullable(text('title', 50)), text('first_name', 100), text('last_name', 100), nullable(text('phone', 150)),
      nullable(text('fax', 150)), nullable(text('mobile', 150)), nullable(text('street', 150)),
      nullable(text('zip', 200)), nullable(text('city', 200)), nullable(text('country', 200)), comments,
      smallint('valid_id'), ...auditColumns,
    ],
    { indexes: [unique('customer_user_login', 'login')], references: [validReference, ...auditReferences] },
  ),
  table(
    'customer_preferences',
    [joinId, text('user_id', 250), text('preferences_key', 150), nullable(text('preferences_value', 250))],
    { indexes: [index('customer_preferences_user_id', 'user_id')] },
  ),
  table(
    'customer_company',
    [
      text('customer_id', 150), text('name', 200), nullable(text('street', 200)), nullable(text('zip', 200)),
      nullable(text('city', 200)), nullable(text('country', 200)), nullable(text('url', 200)), comments,
      smallint('valid_id'), ...auditColumns,
    ],
    { indexes: [unique('customer_company_name', 'name')], primaryKey: ['customer_id'] },
  ),
  table('customer_user_customer', [joinId, text('user_id', 200), text('customer_id', 150), ...auditColumns], {
    indexes: [
      index('customer_user_customer_user_id', 'user_id'),
      index('customer_user_customer_customer_id', 'customer_id'),
    ],
    references: auditReferences,
  }),
  table(
    'dynamic_field',
    [
      identity('integer'), withDefault(smallint('internal_field'), '0'), text('name', 200), text('label', 200),
      integer('field_order'), text('field_type', 200), text('object_type', 100), nullable(column('config', 'longblob')),
      smallint('valid_id'), ...auditColumns,
    ],
    { indexes: [unique('dynamic_field_name', 'name')], references: [validReference, ...auditReferences] },
  ),
  table(
    'dynamic_field_value',
    [
      identity('integer'), integer('field_id'), bigint('object_id'), nullable(text('value_text', 3800)),
      nullable(column('value_date', 'datetime')), nullable(bigint('value_int')),
    ],
    {
      indexes: [
        index('dynamic_field_value_field_values', 'object_id', 'field_id'),
        index('dynamic_field_value_search_date', 'field_id', 'value_date'),
        index('dynamic_field_value_search_int', 'field_id', 'value_int'),
        index('dynamic_field_value_search_text', 'field_id', { name: 'value_text', prefix: 150 }),
      ],
      references: [{ column: 'field_id', table: 'dynamic_field' }],
    },
  ),
  table(
    'dynamic_field_obj_id_name',
    [{ ...identity('integer'), name: 'object_id' }, text('object_name', 200), text('object_type', 100)],
    { primaryKey: ['object_id'], indexes: [unique('dynamic_field_object_name', 'object_name', 'object_type')] },
  ),
  table(
    'queue',
    [identity('integer'), text('name', 200), integer('group_id'), optional(comments), smallint('valid_id'), ...auditColumns],
    {
      indexes: [unique('queue_name', 'name'), index('queue_group_id', 'group_id')],
      references: [groupReference, validReference, ...auditReferences],
    },
  ),
  table(
    'ticket',
    [
      identity('bigint'), text('tn', 50), nullable(text('title', 255)), integer('queue_id'),
      withDefault(optional(smallint('ticket_lock_id')), '1'), nullable(smallint('type_id')),
      nullable(integer('service_id')), nullable(optional(integer('sla_id'))), integer('user_id'),
      withDefault(optional(integer('responsible_user_id')), '1'), smallint('ticket_priority_id'),
      smallint('ticket_state_id'), nullable(text('customer_id', 150)), nullable(text('customer_user_id', 250)),
      withDefault(smallint('archive_flag'), '0'), ...auditColumns,
    ],
    {
      indexes: [
        unique('ticket_tn', 'tn'), index('ticket_queue_id', 'queue_id'), index('ticket_customer_id', 'customer_id'),
        index('ticket_customer_user_id', 'customer_user_id'),
      ],
      references: [{ column: 'queue_id', table: 'queue' }, serviceReference, ...auditReferences],
    },
  ),
  table('ticket_history_type', [identity('smallint'), text('name', 200), optional(comments), smallint('valid_id'), ...auditColumns], {
    indexes: [unique('ticket_history_type_name', 'name')],
    references: [validReference, ...auditReferences],
  }),
  table(
    'ticket_history',
    [
      identity('bigint'), text('name', 200), smallint('history_type_id'), bigint('ticket_id'),
      nullable(bigint('article_id')), smallint('type_id'), integer('queue_id'), integer('owner_id'),
      smallint('priority_id'), smallint('state_id'), ...auditColumns,
    ],
    {
      indexes: [index('ticket_history_ticket_id', 'ticket_id')],
      references: [
        { column: 'ticket_id', table: 'ticket' }, { column: 'history_type_id', table: 'ticket_history_type' },
        ...auditReferences,
      ],
    },
  ),
  table(
    'search_profile',
    [
      joinId, text('login', 200), text('profile_name', 200), text('profile_type', 30), text('profile_key', 200),
      nullable(text('profile_value', 200)),
    ],
    { indexes: [index('search_profile_login', 'login'), index('search_profile_profile_name', 'profile_name')] },
  ),
];

/** Where rows of people or of their work live: such a table is not dropped without a word. */
export const tablesOfPeople: readonly string[] = [
  'customer_user', 'customer_company', 'customer_user_customer', 'customer_preferences', 'group_customer',
  'group_customer_user', 'service', 'service_preferences', 'service_customer_user', 'dynamic_field',
  'dynamic_field_value', 'dynamic_field_obj_id_name', 'queue', 'ticket', 'ticket_history', 'search_profile',
];

/** The names that the table of groups has had. */
export const groupTableNames = ['permission_groups', 'groups_table', 'groups'] as const;
export type GroupTableName = (typeof groupTableNames)[number];

/** Rows that each helpdesk begins with, by id and name. */
export const initialRows: readonly { table: string; rows: readonly { id: number; name: string }[]; hasValidity: boolean }[] = [
  {
    table: 'valid',
    rows: [{ id: 1, name: 'valid' }, { id: 2, name: 'invalid' }, { id: 3, name: 'invalid-temporarily' }],
    hasValidity: false,
  },
  {
    table: 'permission_groups',
    rows: [{ id: 1, name: 'users' }, { id: 2, name: 'admin' }, { id: 3, name: 'stats' }],
    hasValidity: true,
  },
  {
    table: 'ticket_history_type',
    rows: [
      { id: 1, name: 'NewTicket' }, { id: 21, name: 'CustomerUpdate' }, { id: 25, name: 'Misc' },
      { id: 28, name: 'TicketDynamicFieldUpdate' }, { id: 38, name: 'ServiceUpdate' },
    ],
    hasValidity: true,
  },
];
