import {
  bigint, column, identity, index, integer, nullable, table, text, unique, withDefault, smallint,
  type ColumnDefinition, type TableDefinition,
} from './table-definition.js';

const moment = (name: string): ColumnDefinition => column(name, 'moment');
const tokenHash = text('token_hash', 64);
const agentId = text('agent_id', 64);
/** Several permissions, joined by blanks. */
const permissions = text('permissions', 200);

/** Tables of our own. Text in them compares exactly on every engine; what compares in any case is stored folded. */
export const ownTables: readonly TableDefinition[] = [
  table('clientele_made_table', [text('name', 64), moment('made_at')], { primaryKey: ['name'] }),
  table('clientele_lock', [integer('bucket')], { primaryKey: ['bucket'] }),
  table('clientele_setting', [text('name', 100), nullable(column('value', 'longtext'))], { primaryKey: ['name'] }),
  table(
    'clientele_subject',
    [identity('bigint'), text('kind', 20), nullable(text('folded_key', 250))],
    { indexes: [unique('clientele_subject_key', 'kind', 'folded_key')] },
  ),
  table(
    'clientele_audit',
    [
      identity('bigint'), moment('at'), text('actor_kind', 10), text('actor_id', 100), text('actor_login', 200),
      text('actor_name', 250), bigint('subject_id'), text('subject_kind', 20), text('subject_key', 250),
      text('action', 20), column('changes', 'longtext'), text('correlation_id', 100),
    ],
    { indexes: [index('clientele_audit_subject', 'subject_id', 'id')] },
  ),
  table(
    'clientele_outbox',
    [
      identity('bigint'), text('topic', 100), text('subject', 250), column('payload', 'longtext'),
      text('correlation_id', 100), moment('created_at'), moment('due_at'), withDefault(integer('attempts'), '0'),
      nullable(text('failure', 250)), nullable(moment('dead_at')),
    ],
    { indexes: [index('clientele_outbox_due', 'dead_at', 'due_at', 'id')] },
  ),
  table(
    'clientele_agent',
    [
      text('id', 64), text('login', 100), text('login_key', 100), text('name', 200), nullable(text('password_hash', 200)),
      permissions, smallint('is_active'), moment('created_at'), moment('changed_at'),
    ],
    { indexes: [unique('clientele_agent_login_key', 'login_key')] },
  ),
  table(
    'clientele_sign_in_link',
    [tokenHash, agentId, moment('created_at'), moment('expires_at')],
    {
      primaryKey: ['token_hash'],
      indexes: [
        index('clientele_sign_in_link_agent', 'agent_id'),
        index('clientele_sign_in_link_expiry', 'expires_at'),
      ],
    },
  ),
  table(
    'clientele_agent_session',
    [tokenHash, agentId, moment('created_at'), moment('expires_at')],
    {
      primaryKey: ['token_hash'],
      indexes: [
        index('clientele_agent_session_agent', 'agent_id'),
        index('clientele_agent_session_expiry', 'expires_at'),
      ],
    },
  ),
  table(
    'clientele_api_token',
    [
      text('id', 64), text('name', 200), permissions, tokenHash, moment('created_at'), nullable(moment('expires_at')),
      nullable(moment('revoked_at')), nullable(moment('last_used_at')),
    ],
    { indexes: [unique('clientele_api_token_hash', 'token_hash'), index('clientele_api_token_name', 'name')] },
  ),
  table(
    'clientele_session',
    [
      tokenHash, text('installation_id', 200), text('agent_id', 200), nullable(text('locale', 20)),
      nullable(text('time_zone', 100)), nullable(text('skin', 10)), moment('created_at'), moment('expires_at'),
    ],
    { primaryKey: ['token_hash'], indexes: [index('clientele_session_expiry', 'expires_at')] },
  ),
  table(
    'clientele_launch_token',
    [text('installation_id', 200), text('token_id', 200), moment('expires_at')],
    {
      primaryKey: ['installation_id', 'token_id'],
      indexes: [index('clientele_launch_token_expiry', 'expires_at')],
    },
  ),
];

/** Rows of `clientele_lock`: enough that two names seldom share one, few enough to be there from the start. */
export const lockBuckets = 1024;
