/** A table in the helpdesk's neutral types, written once for both engines. */
export interface TableDefinition {
  readonly name: string;
  readonly columns: readonly ColumnDefinition[];
  readonly primaryKey: readonly string[];
  readonly indexes: readonly IndexDefinition[];
  readonly references: readonly Reference[];
}

export interface ColumnDefinition {
  readonly name: string;
  readonly type: ColumnType;
  readonly isNullable: boolean;
  /** Numbered by the database. */
  readonly isIdentity?: true;
  readonly default?: string;
  /** Not in every release of the helpdesk, or not needed by us: its absence does not stop an adoption. */
  readonly isOptional?: true;
}

/**
 * `datetime` is without a zone and holds whole seconds, as the helpdesk writes it; `moment` holds milliseconds and is
 * for own tables. Both are UTC. `longtext` is text without a practical limit.
 */
export type ColumnType =
  | 'smallint'
  | 'integer'
  | 'bigint'
  | 'datetime'
  | 'moment'
  | 'longblob'
  | 'longtext'
  | { readonly varchar: number };

export interface IndexDefinition {
  readonly name: string;
  readonly columns: readonly (string | { readonly name: string; readonly prefix: number })[];
  readonly isUnique: boolean;
}

export interface Reference {
  readonly column: string;
  readonly table: string;
}

export const text = (name: string, length: number): ColumnDefinition => column(name, { varchar: length });
export const integer = (name: string): ColumnDefinition => column(name, 'integer');
export const smallint = (name: string): ColumnDefinition => column(name, 'smallint');
export const bigint = (name: string): ColumnDefinition => column(name, 'bigint');
export const column = (name: string, type: ColumnType): ColumnDefinition => ({ name, type, isNullable: false });

export const identity = (type: 'smallint' | 'integer' | 'bigint'): ColumnDefinition => ({
  ...column('id', type),
  isIdentity: true,
});
export const nullable = (definition: ColumnDefinition): ColumnDefinition => ({ ...definition, isNullable: true });
export const optional = (definition: ColumnDefinition): ColumnDefinition => ({ ...definition, isOptional: true });
export const withDefault = (definition: ColumnDefinition, value: string): ColumnDefinition => ({
  ...definition,
  default: value,
});

/** Who made a row and who changed it last, as every table of the helpdesk keeps it. */
export const auditColumns: readonly ColumnDefinition[] = [
  column('create_time', 'datetime'),
  integer('create_by'),
  column('change_time', 'datetime'),
  integer('change_by'),
];

export const index = (name: string, ...columns: IndexDefinition['columns']): IndexDefinition => ({
  name,
  columns,
  isUnique: false,
});
export const unique = (name: string, ...columns: string[]): IndexDefinition => ({ name, columns, isUnique: true });

export const validReference: Reference = { column: 'valid_id', table: 'valid' };
export const auditReferences: readonly Reference[] = [
  { column: 'create_by', table: 'users' },
  { column: 'change_by', table: 'users' },
];

export function table(
  name: string,
  columns: readonly ColumnDefinition[],
  rest: { indexes?: readonly IndexDefinition[]; references?: readonly Reference[]; primaryKey?: readonly string[] } = {},
): TableDefinition {
  return {
    name,
    columns,
    primaryKey: rest.primaryKey ?? ['id'],
    indexes: rest.indexes ?? [],
    references: rest.references ?? [],
  };
}
