import { createHmac } from 'node:crypto';
import type { FieldValue } from '../../../contract/field.js';
import type { StoredRecord } from '../backend.js';
import { validityOf } from '../validity.js';
import type { Column, Dialect } from './dialect.js';
import { list, sql, trusted, type Sql } from './sql.js';
import type { TablePlan } from './table-plan.js';

/** A row as selected by `selectionOf`: one property for each column, by its place. */
export type SelectedRow = Readonly<Record<string, unknown>>;

export function selectionOf(plan: TablePlan, dialect: Dialect): Sql {
  const audit = plan.audit ? [plan.audit.createTime, plan.audit.changeTime] : [];
  const pieces = plan.selected.map((column, index) => {
    const piece = audit.includes(column) ? dialect.selectedTime(column) : dialect.selected(column);
    return sql`${piece} AS ${trusted(alias(index))}`;
  });
  return list(pieces, ', ');
}

export function recordOf(row: SelectedRow, plan: TablePlan, owner: { backendId: string; secretKey: string }): StoredRecord {
  const valueOf = (column: Column): unknown => row[alias(plan.selected.indexOf(column))];
  const values: Record<string, FieldValue> = {};
  for (const { row: mapRow, column, isSecret } of plan.mapped) {
    if (!isSecret) values[mapRow.variable] = fieldValue(valueOf(column), mapRow.type);
  }
  return {
    backendId: owner.backendId,
    key: textOf(valueOf(plan.key)),
    values,
    validity: plan.valid ? validityOf(valueOf(plan.valid)) : 'valid',
    name: plan.name.map((column) => textOf(valueOf(column))).filter((part) => part !== '').join(plan.nameJoin),
    version: versionOf(plan.selected.map(valueOf), owner.secretKey),
    created: plan.audit ? timeOf(valueOf(plan.audit.createTime)) : null,
    changed: plan.audit ? timeOf(valueOf(plan.audit.changeTime)) : null,
  };
}

/** Each column as it is stored, by its name; one that is empty has no value. Secret columns are left out. */
export function rawValuesOf(row: SelectedRow, plan: TablePlan): Record<string, readonly string[]> {
  const secret = plan.mapped.filter(({ isSecret }) => isSecret).map(({ column }) => column);
  const columns = plan.selected.filter((column) => !secret.includes(column) && column !== plan.password);
  return Object.fromEntries(columns.map((column) => {
    const value = row[alias(plan.selected.indexOf(column))];
    return [column.name, value === null || value === undefined ? [] : [textOf(value)]] as const;
  }));
}

function alias(index: number): string {
  return `c${index}`;
}

/** Empty text and no text are the same to the helpdesk; a number that is not there is not 0. */
function fieldValue(value: unknown, type: 'text' | 'integer' | 'dynamic-field'): FieldValue {
  if (type !== 'integer') return textOf(value);
  if (value === null || value === undefined || value === '') return null;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : textOf(value);
}

/** What the drivers give: text, numbers, and bytes for columns without a character set. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint') return value.toString();
  return Buffer.isBuffer(value) ? value.toString('utf8') : '';
}

function timeOf(value: unknown): Date | null {
  const time = new Date(textOf(value));
  return Number.isNaN(time.getTime()) ? null : time;
}

/** Keyed, because the stored password is in it: a plain hash would let readers try out passwords on it. */
function versionOf(values: readonly unknown[], secretKey: string): string {
  const texts = values.map((value) => (value === null ? null : textOf(value)));
  return createHmac('sha256', secretKey).update(JSON.stringify(texts)).digest('base64url').slice(0, 22);
}
