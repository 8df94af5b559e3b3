import { parse } from 'yaml';
import type { BackendKind } from '../../../contract/backend.js';
import type { BackendBlock, MapRow } from '../../configuration/index.js';
import type { Connection } from '../../platform/persistence/database.js';
import { portable } from '../../platform/persistence/sql.js';
import { BlockFaults } from '../backend-driver.js';
import type { FieldMapRow } from '../field-map.js';

/** A field of the helpdesk's table `dynamic_field`, as far as customer users and customers are concerned. */
export interface DynamicField {
  readonly id: number;
  readonly name: string;
  readonly label: string;
  /** The helpdesk's word: Text, TextArea, Dropdown, Checkbox, Date … */
  readonly type: string;
  readonly objectType: string;
  readonly isValid: boolean;
  readonly options: readonly { readonly value: string; readonly label: string }[] | null;
}

/** A row of a Map and the dynamic field that it names. */
export interface MappedDynamicField {
  readonly row: FieldMapRow;
  readonly field: DynamicField;
}

/** The name by which the helpdesk keeps values of customer users and customers apart. */
export const objectTypeOf: Readonly<Record<BackendKind, string>> = { 'customer-user': 'CustomerUser', customer: 'CustomerCompany' };

/** What `dynamic_field_value.value_text` holds on every engine. */
const longestValue = 3_800;
const mostFields = 1_000;
/** Kinds whose values are one text; all others are shown and left to the helpdesk. */
const writableTypes = new Set(['Text', 'TextArea', 'Dropdown']);

/** All fields of customer users and customers, valid or not. */
export async function readDynamicFields(connection: Connection): Promise<readonly DynamicField[]> {
  const rows = await connection.query<{ id: number; name: string; label: string; type: string; object: string; config: Buffer | string | null; valid: number }>(
    portable(
      connection.engine,
      `SELECT id, name, label, field_type AS type, object_type AS object, config, valid_id AS valid
         FROM dynamic_field WHERE object_type IN (?, ?) ORDER BY field_order, id LIMIT ${mostFields}`,
    ),
    Object.values(objectTypeOf),
  );
  return rows.map((row) => ({
    id: Number(row.id),
    name: row.name,
    label: row.label,
    type: row.type,
    objectType: row.object,
    isValid: Number(row.valid) === 1,
    options: row.type === 'Dropdown' ? optionsOf(row.config) : null,
  }));
}

/** The block's rows of dynamic fields. Throws BlockFaults for a row whose field is not there. */
export function mappedDynamicFields(block: BackendBlock, known: readonly DynamicField[]): readonly MappedDynamicField[] {
  const objectType = objectTypeOf[block.kind];
  const searched = new Set(block.searchColumns ?? []);
  const faults: string[] = [];
  const mapped = block.map.filter(isDynamic).flatMap((row): MappedDynamicField[] => {
    const field = known.find(({ name, objectType: type }) => name === row.storage && type === objectType);
    if (field) return field.isValid ? [{ row: fieldRow(row, field, searched.has(row.storage)), field }] : [];
    faults.push(`Map row ${row.row}: there is no dynamic field "${row.storage}" for the object ${objectType}`);
    return [];
  });
  if (faults.length > 0) throw new BlockFaults(faults);
  return mapped;
}

/** Rows that have no effect, or less than their operator may think. */
export function dynamicFieldWarnings(block: BackendBlock, known: readonly DynamicField[]): string[] {
  return block.map.filter(isDynamic).flatMap((row) => {
    const field = known.find(({ name, objectType }) => name === row.storage && objectType === objectTypeOf[block.kind]);
    const place = `${block.id}, Map row ${row.row}: the dynamic field "${row.storage}"`;
    if (!field) return [];
    if (!field.isValid) return [`${place} is invalid in the helpdesk, so it is not shown`];
    return writableTypes.has(field.type) ? [] : [`${place} is of the type ${field.type}, which is shown here and changed in the helpdesk`];
  });
}

/** The field's own label counts, and the Map's read-only mark does not: as in the helpdesk. */
function fieldRow(row: MapRow, field: DynamicField, isSearchable: boolean): FieldMapRow {
  const isReadOnly = !writableTypes.has(field.type);
  return {
    ...row,
    label: field.label,
    isReadOnly,
    isRequired: row.isRequired && !isReadOnly,
    maxLength: longestValue,
    isMultiline: field.type === 'TextArea',
    isNullable: true,
    options: field.options,
    isSearchable,
  };
}

function isDynamic({ type }: MapRow): boolean {
  return type === 'dynamic-field';
}

/** `PossibleValues` of the field's YAML: stored value → label. `null`, so any text, where that cannot be read. */
function optionsOf(config: Buffer | string | null): DynamicField['options'] {
  try {
    const read: unknown = parse(config?.toString() ?? '', { maxAliasCount: 20 });
    const values: unknown = typeof read === 'object' && read !== null && 'PossibleValues' in read ? read.PossibleValues : null;
    if (typeof values !== 'object' || values === null) return null;
    return Object.entries(values).map(([value, label]) => ({ value, label: String(label) }));
  } catch {
    return null;
  }
}
