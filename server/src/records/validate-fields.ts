import type { FieldValue } from '../../contract/field.js';
import type { Issue } from '../../contract/problem.js';
import { type Backend, type FieldMapRow, isSecret, pathOf, propertyOf } from '../backends/index.js';
import { rowOf } from './field-rows.js';
import { addressFault, type Fault, keyFault, lineFault, loginFault, paragraphFault } from './text-faults.js';

/** What was typed, by Map variable, and where each of it stands in the request. */
export interface TypedField {
  readonly variable: string;
  /** `email`, `fields.UserPhone`. */
  readonly path: string;
  readonly value: FieldValue;
}

/** What has to be known of a backend to read what was typed for it. */
export type FieldSource = Pick<Backend, 'kind' | 'fields'>;

/** Values by Map variable. */
export type Values = Readonly<Record<string, FieldValue>>;

export interface ReadFields {
  /** Cleaned: blanks around a text gone, numbers as numbers, empty as the helpdesk stores it (`''`, 0). */
  readonly values: Values;
  readonly issues: readonly Issue[];
}

const readOnly = { code: 'read-only' };

/** What a signed column of four octets holds, the helpdesk's INTEGER. */
const integerRange = { least: -2_147_483_648, most: 2_147_483_647 } as const;

/** A record to be made: all that was typed is checked, and nothing required may be missing but what `isMade` here. */
export function readNewFields(source: FieldSource, typed: readonly TypedField[], isMade: ReadonlySet<string>): ReadFields {
  const read = readFields(source, typed);
  const missing = source.fields.rows.filter(
    (row) => isRequired(source, row) && !isSecondName(source, row) && !isMade.has(row.variable) && !typed.some(({ variable }) => variable === row.variable),
  );
  return { ...read, issues: [...read.issues, ...missing.map((row) => ({ path: pathIn(source, row), code: 'required' }))] };
}

/** A record to be changed: what is stored already is left out unseen, so that old values nobody would accept now stay. */
export function readChangedFields(
  source: FieldSource,
  typed: readonly TypedField[],
  stored: Values,
): ReadFields {
  const changed = typed.filter(({ variable, value }) => {
    const row = rowOf(source.fields, variable);
    return row === null || !isSameValue(cleaned(source, row, value), stored[variable] ?? null);
  });
  const { values, issues } = readFields(source, changed);
  const fixed = changed.filter(({ variable }) => rowOf(source.fields, variable)?.isReadOnly === true);
  return {
    values: Object.fromEntries(Object.entries(values).filter(([variable, value]) => !isSameValue(value, stored[variable] ?? null))),
    issues: [...issues, ...fixed.map(({ path }) => ({ path, ...readOnly }))],
  };
}

/** Nothing and empty text are one: the helpdesk writes `''` where others keep NULL. 0 is a value. */
export function isSameValue(one: FieldValue, other: FieldValue): boolean {
  return String(one ?? '') === String(other ?? '');
}

function readFields(source: FieldSource, typed: readonly TypedField[]): ReadFields {
  const values: Record<string, FieldValue> = {};
  const issues: Issue[] = [];
  for (const { variable, path, value } of typed) {
    const row = rowOf(source.fields, variable);
    if (row === null || isSecret(source.fields, row) || path !== pathIn(source, row)) {
      issues.push({ path, code: 'unknown-field' });
      continue;
    }
    const clean = cleaned(source, row, value);
    const fault = isSecondName(source, row) ? readOnly : faultOf(source, row, clean);
    if (fault === null) values[variable] = stored(row, clean);
    else issues.push({ path, ...fault });
  }
  return { values, issues };
}

/** Another row on the column of a login, a mail address, …: written under its first-class name, by the rules of that. */
function isSecondName({ fields: { rows, roles } }: FieldSource, { variable, storage }: FieldMapRow): boolean {
  const names = Object.values(roles);
  const isFirstClass = names.includes(variable);
  return !isFirstClass && rows.some((row) => names.includes(row.variable) && row.storage.toLowerCase() === storage.toLowerCase());
}

/** A record without its key is none, whatever the Map says. */
function isRequired({ fields }: FieldSource, row: FieldMapRow): boolean {
  return row.isRequired || row.variable === fields.roles.key;
}

function faultOf(source: FieldSource, row: FieldMapRow, value: string): Fault | null {
  if (value === '') return isRequired(source, row) ? { code: 'required' } : null;
  if (row.type === 'integer') return integerFault(value);
  if (row.maxLength !== null && [...value].length > row.maxLength) return { code: 'too-long', params: { max: row.maxLength } };
  if (row.options !== null && !row.options.some((option) => option.value === value)) return { code: 'not-allowed' };
  return textFault(source, row, value);
}

function integerFault(value: string): Fault | null {
  if (!/^[+-]?\d{1,20}$/.test(value)) return { code: 'invalid-type', params: { expected: 'integer' } };
  if (Number(value) > integerRange.most) return { code: 'too-large', params: { max: integerRange.most } };
  return Number(value) < integerRange.least ? { code: 'too-small', params: { min: integerRange.least } } : null;
}

function textFault(source: FieldSource, row: FieldMapRow, value: string): Fault | null {
  const { roles } = source.fields;
  if (row.variable === roles.key) return source.kind === 'customer-user' ? loginFault(value) : keyFault(value);
  if (row.variable === roles.email || row.variable === roles.customerId) return addressFault(value);
  return isMultiline(source, row) ? paragraphFault(value) : lineFault(value);
}

/** Blanks around are a slip of the hand; a key is kept in one spelling of Unicode. */
function cleaned({ fields }: FieldSource, row: FieldMapRow, value: FieldValue): string {
  const text = String(value ?? '').trim();
  return row.variable === fields.roles.key ? text.normalize('NFC') : text;
}

function stored(row: FieldMapRow, value: string): FieldValue {
  return row.type === 'integer' ? Number(value) : value;
}

/** As the pages edit it: a long text, and neither a key nor an address. */
function isMultiline({ kind, fields }: FieldSource, row: FieldMapRow): boolean {
  return propertyOf(row.variable, kind, fields.roles) === null && row.isMultiline;
}

function pathIn({ kind, fields }: FieldSource, { variable }: FieldMapRow): string {
  return pathOf(variable, kind, fields.roles);
}
