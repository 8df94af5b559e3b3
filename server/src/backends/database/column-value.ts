import type { FieldValue } from '../../../contract/field.js';
import type { Issue } from '../../../contract/problem.js';
import { ValidationFailed } from '../../kernel/errors.js';
import { canHold } from './character-sets.js';
import type { Bindable } from './sql.js';
import type { MappedColumn } from './table-plan.js';

/** What is written for a value: '' for no text and 0 for no number, as the helpdesk does; `0` itself is a value. */
export function columnValue({ row, column }: MappedColumn, value: FieldValue, path: string): Bindable {
  const isNumber = row.type === 'integer' || column.type === 'integer';
  if (value === null || value === '') return emptyValue(row.type, column);
  return isNumber ? integerValue(value, column.maxInteger, path) : textValue(String(value), column, path);
}

/** A text row in a column of another type has nothing between NULL and 0. */
function emptyValue(type: MappedColumn['row']['type'], { type: kept, isNullable }: MappedColumn['column']): Bindable {
  if (kept === 'text') return type === 'integer' ? '0' : '';
  if (kept === 'integer') return type === 'integer' || !isNullable ? 0 : null;
  return null;
}

function integerValue(value: string | number, largest: number | null, path: string): Bindable {
  const number = typeof value === 'number' ? value : /^\s*[+-]?\d+\s*$/.test(value) ? Number(value) : Number.NaN;
  if (!Number.isSafeInteger(number)) throw refusal(path, 'invalid-type', { expected: 'integer' });
  if (largest === null) return String(number);
  if (number > largest) throw refusal(path, 'too-large', { max: largest });
  if (number < -largest) throw refusal(path, 'too-small', { min: -largest });
  return number;
}

/** NUL and half characters cannot be stored on every engine, nor any character in every column, and nothing is ever cut off. */
function textValue(value: string, { maxLength, charset }: MappedColumn['column'], path: string): Bindable {
  if (/\0|\p{Cs}/u.test(value) || !canHold(charset, value)) throw refusal(path, 'characters');
  if (maxLength !== null && [...value].length > maxLength) throw refusal(path, 'too-long', { max: maxLength });
  return value;
}

function refusal(path: string, code: string, params?: Issue['params']): ValidationFailed {
  return new ValidationFailed([{ path, code, ...(params ? { params } : {}) }]);
}
