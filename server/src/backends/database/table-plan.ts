import type { BackendBlock } from '../../configuration/index.js';
import { BlockFaults } from '../backend-driver.js';
import { buildFieldMap, isSecret, type FieldMap, type FieldMapRow } from '../field-map.js';
import type { DatabaseParams } from './database-params.js';
import type { Column, Table } from './dialect.js';

/** A row of the Map and the column that keeps it. */
export interface MappedColumn {
  readonly row: FieldMapRow;
  readonly column: Column;
  readonly isSecret: boolean;
}

export interface AuditColumns {
  readonly createTime: Column;
  readonly createBy: Column;
  readonly changeTime: Column;
  readonly changeBy: Column;
}

/** Dynamic fields among the configured search fields. */
export interface SearchedDynamicFields {
  readonly objectType: string;
  readonly fieldIds: readonly number[];
  /** `dynamic_field_value.value_text`, named `v` in a statement. */
  readonly value: Column;
}

/** A block and the table it is about, fitted together: every name in it was found in the schema. */
export interface TablePlan {
  readonly table: Table;
  readonly fields: FieldMap;
  readonly mapped: readonly MappedColumn[];
  /** Every column that a record or its version is made of, each once. */
  readonly selected: readonly Column[];
  readonly key: Column;
  readonly customerId: Column | null;
  readonly valid: Column | null;
  readonly password: Column | null;
  readonly searched: readonly Column[];
  /** Dynamic fields that are searched too; `null`: none, or the table is in another database than their values. */
  readonly dynamicFields: SearchedDynamicFields | null;
  readonly mail: readonly Column[];
  /** What the full name is made of. */
  readonly name: readonly Column[];
  readonly nameJoin: string;
  /** `null`: ForeignDB. */
  readonly audit: AuditColumns | null;
}

/** Throws BlockFaults with everything that does not fit, in the operator's words. */
export function planTable(
  block: BackendBlock,
  params: DatabaseParams,
  { table, dynamicFields }: { table: Table; dynamicFields: SearchedDynamicFields | null },
): TablePlan {
  const finder = new ColumnFinder(block, table);
  const fields = buildFieldMap(block, (storage) => finder.find(storage));
  for (const row of fields.rows) finder.require(row.storage, `Map row ${row.row}`);
  const words = wordsOf[block.kind];

  const key = finder.require(block.keyColumn, words.key);
  const customerId = finder.optional(block.customerIdColumn, 'CustomerID');
  const valid = finder.optional(block.validColumn, words.valid);
  const audit = params.ForeignDB ? null : auditColumns(finder);
  const password = finder.find(storageOf(fields, fields.roles.password) ?? '');
  const shown = (columns: readonly string[] | null, word: string) => finder.shown(columns, word, password);
  const email = finder.find(storageOf(fields, fields.roles.email) ?? '');
  const companyName = finder.find(storageOf(fields, fields.roles.name) ?? '');

  const searched = shown(block.searchColumns, words.search) ?? [key];
  const mail = shown(block.mailColumns, 'CustomerUserPostMasterSearchFields') ?? [email];
  const name = shown(block.nameColumns, 'CustomerUserNameFields') ?? defaultName(block, finder, companyName);
  shown(block.listColumns, words.list);
  if (finder.faults.length > 0 || key === null) throw new BlockFaults(finder.faults);

  const mapped = fields.rows.flatMap((row): MappedColumn[] => {
    const column = finder.find(row.storage);
    return column ? [{ row, column, isSecret: isSecret(fields, row) }] : [];
  });
  const times = audit ? [audit.createTime, audit.changeTime] : [];
  const selected = [...mapped.map(({ column }) => column), key, customerId, valid, password, ...name, ...times];

  return {
    table,
    fields,
    mapped,
    selected: [...new Set(selected.filter((column) => column !== null))],
    key,
    customerId,
    valid,
    password,
    searched: searched.filter((column) => column !== null),
    dynamicFields,
    mail: mail.filter((column) => column !== null),
    name: name.filter((column) => column !== null),
    nameJoin: block.nameJoin,
    audit,
  };
}

const wordsOf = {
  'customer-user': {
    key: 'CustomerKey', valid: 'CustomerValid', search: 'CustomerUserSearchFields', list: 'CustomerUserListFields',
  },
  customer: {
    key: 'CustomerCompanyKey', valid: 'CustomerCompanyValid', search: 'CustomerCompanySearchFields', list: 'CustomerCompanyListFields',
  },
} as const;

function defaultName(block: BackendBlock, finder: ColumnFinder, companyName: Column | null): (Column | null)[] {
  return block.kind === 'customer' ? [companyName] : [finder.find('first_name'), finder.find('last_name')];
}

function auditColumns(finder: ColumnFinder): AuditColumns | null {
  const require = (name: string) => finder.require(name, 'Params.Table', '; a table without it needs Params.ForeignDB: 1');
  const [createTime, createBy, changeTime, changeBy] = ['create_time', 'create_by', 'change_time', 'change_by'].map(require);
  return createTime && createBy && changeTime && changeBy ? { createTime, createBy, changeTime, changeBy } : null;
}

function storageOf({ rows }: FieldMap, variable: string | null): string | undefined {
  return rows.find((row) => row.variable === variable)?.storage;
}

/** Finds configured names in the schema, in any case where that is clear, and notes what is not there. */
class ColumnFinder {
  readonly faults: string[] = [];
  private readonly dynamicFields: ReadonlySet<string>;

  constructor(
    block: BackendBlock,
    private readonly table: Table,
  ) {
    this.dynamicFields = new Set(block.map.filter(({ type }) => type === 'dynamic-field').map(({ storage }) => storage));
  }

  find(name: string): Column | null {
    const exact = this.table.columns.find((column) => column.name === name);
    if (exact) return exact;
    const similar = this.table.columns.filter((column) => column.name.toLowerCase() === name.toLowerCase());
    return similar.length === 1 ? (similar[0] ?? null) : null;
  }

  require(name: string, place: string, advice = ''): Column | null {
    const column = this.find(name);
    if (!column) this.faults.push(`${place}: column "${name}" does not exist in table "${this.table.name}"${advice}`);
    return column;
  }

  optional(name: string | null, place: string): Column | null {
    return name === null ? null : this.require(name, place);
  }

  /** Columns that people see or search; a dynamic field among them is passed over, and passwords have no place there. */
  shown(names: readonly string[] | null, place: string, password: Column | null): (Column | null)[] | null {
    if (names === null) return null;
    const columns = names.filter((name) => !this.dynamicFields.has(name)).map((name) => this.require(name, place));
    if (password && columns.includes(password)) this.faults.push(`${place}: column "${password.name}" holds passwords`);
    return columns;
  }
}
