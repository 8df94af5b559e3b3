import {
  bigint, column, identity, index, integer, nullable, smallint, table, text, withDefault, type ColumnDefinition, type TableDefinition,
} from './table-definition.js';

const moment = (name: string): ColumnDefinition => column(name, 'moment');
const counter = (name: string): ColumnDefinition => withDefault(integer(name), '0');

/** Long work, what became of each of its entries, and names that are being given up for others. */
export const jobTables: readonly TableDefinition[] = [
  table(
    'clientele_job',
    [
      identity('bigint'), text('kind', 30), text('state', 10), column('request', 'longtext'), column('checkpoint', 'longtext'),
      nullable(column('report', 'longtext')), counter('done'), nullable(integer('total')), counter('changed'), counter('unchanged'),
      counter('failed'), text('actor_kind', 10), text('actor_id', 100), text('actor_login', 200), text('actor_name', 250),
      integer('host_user_id'), text('correlation_id', 100), moment('created_at'), moment('due_at'), nullable(text('owner', 40)),
      counter('attempts'), nullable(text('failure', 100)), withDefault(smallint('is_cancel_asked'), '0'), nullable(moment('finished_at')),
      nullable(moment('undo_until')), nullable(bigint('undo_job_id')),
    ],
    { indexes: [index('clientele_job_due', 'state', 'due_at', 'id'), index('clientele_job_finished', 'finished_at')] },
  ),
  table(
    'clientele_job_entry',
    [
      identity('bigint'), bigint('job_id'), text('entry_key', 250), text('state', 10), nullable(text('code', 100)),
      nullable(column('note', 'longtext')),
    ],
    { indexes: [index('clientele_job_entry_job', 'job_id', 'id'), index('clientele_job_entry_state', 'job_id', 'state', 'id')] },
  ),
  table(
    'clientele_renamed_key',
    [text('kind', 20), text('folded_key', 250), text('folded_new_key', 250), smallint('is_running'), moment('at')],
    {
      primaryKey: ['kind', 'folded_key'],
      indexes: [index('clientele_renamed_key_new', 'kind', 'folded_new_key'), index('clientele_renamed_key_at', 'at')],
    },
  ),
];
