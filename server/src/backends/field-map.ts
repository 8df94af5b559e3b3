import type { BackendBlock, MapRow } from '../configuration/index.js';

/** One row of a backend's Map with what its column adds. */
export interface FieldMapRow extends MapRow {
  /** In characters; `null`: not limited, or not known. */
  readonly maxLength: number | null;
  /** Edited in several lines. */
  readonly isMultiline: boolean;
  readonly isNullable: boolean;
  readonly options: readonly { readonly value: string; readonly label: string }[] | null;
  readonly isSearchable: boolean;
}

/** First-class properties of a record and the variables that hold them. */
export interface FieldRoles {
  readonly key: string;
  readonly email: string | null;
  readonly customerId: string | null;
  readonly name: string | null;
  readonly password: string | null;
  readonly validity: string | null;
}

export interface FieldMap {
  readonly rows: readonly FieldMapRow[];
  readonly roles: FieldRoles;
}

/** What a store says of one of its columns or attributes. */
export interface StorageFacts {
  readonly maxLength: number | null;
  readonly isNullable: boolean;
}

/** A text this long is edited in several lines. */
const multilineFrom = 250;

/** How a driver answers for a name in the Map; `null`: there is no such column. */
export type StorageLookup = (storage: string) => StorageFacts | null;

/** The answer while the store cannot be asked: everything may be there, nothing is known of it. */
export const nothingKnown: StorageLookup = () => ({ maxLength: null, isNullable: true });

/** The Map's columns as the rest of the program uses them; dynamic fields are laid around (`dynamic-fields/`). */
export function buildFieldMap(block: BackendBlock, lookup: StorageLookup): FieldMap {
  const searched = new Set((block.searchColumns ?? [block.keyColumn]).map(folded));
  return {
    rows: columnRows(block).map((row) => {
      const facts = lookup(row.storage);
      return {
        ...row,
        maxLength: facts?.maxLength ?? null,
        isMultiline: (facts?.maxLength ?? 0) >= multilineFrom,
        isNullable: facts?.isNullable ?? true,
        options: block.selections[row.variable] ?? null,
        isSearchable: searched.has(folded(row.storage)),
      };
    }),
    roles: rolesOf(block),
  };
}

/** What is wrong with the Map, whatever the store: variables that must be there, and there once. */
export function faultsOfMap(block: BackendBlock): string[] {
  const rows = columnRows(block);
  const missing = requiredVariables[block.kind].filter((variable) => !rows.some((row) => row.variable === variable));
  const twins = block.map.flatMap((row) => {
    const first = block.map.find((other) => other.variable === row.variable);
    return first && first.row < row.row ? [`Map row ${row.row}: ${row.variable} is mapped already in row ${first.row}`] : [];
  });
  const key = rows.find((row) => row.variable === keyVariables[block.kind]);
  const misplaced = key && folded(key.storage) !== folded(block.keyColumn)
    ? [`Map row ${key.row}: ${key.variable} must be kept in the key column "${block.keyColumn}"`]
    : [];
  return [...missing.map((variable) => `Map: the row ${variable} is missing`), ...twins, ...misplaced];
}

/** Passwords, by the helpdesk's naming rule or the name of the column, and whatever else is kept in the password's own. */
export function isSecret(fields: FieldMap, row: FieldMapRow): boolean {
  const password = fields.rows.find(({ variable }) => variable === fields.roles.password);
  return secretName.test(row.variable) || secretStorage.test(row.storage) || (password !== undefined && folded(password.storage) === folded(row.storage));
}

const secretName = /(?:Password|Pw)\d?$/;
/** `pw`, `userPassword`, `unicodePwd` and their like. */
const secretStorage = /(?:password|passwd|pwd|pw)\d?$/i;
const keyVariables = { 'customer-user': 'UserLogin', customer: 'CustomerID' } as const;
const requiredVariables = {
  'customer-user': ['UserLogin', 'UserEmail', 'UserCustomerID'],
  customer: ['CustomerID', 'CustomerCompanyName'],
} as const;

function columnRows(block: BackendBlock): readonly MapRow[] {
  return block.map.filter((row) => row.type !== 'dynamic-field');
}

function rolesOf(block: BackendBlock): FieldRoles {
  const rows = columnRows(block);
  const known = (variable: string): string | null => (rows.some((row) => row.variable === variable) ? variable : null);
  const validity = block.validColumn === null ? undefined : rows.find((row) => folded(row.storage) === folded(block.validColumn ?? ''));
  const shared = { key: keyVariables[block.kind], validity: validity?.variable ?? null };
  return block.kind === 'customer-user'
    ? { ...shared, email: 'UserEmail', customerId: 'UserCustomerID', name: null, password: known('UserPassword') }
    : { ...shared, email: null, customerId: null, name: 'CustomerCompanyName', password: null };
}

/** Column names compare in any case, as the engines do it. */
function folded(name: string): string {
  return name.toLowerCase();
}
