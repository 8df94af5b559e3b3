import type { RecordQuery } from '../backend.js';
import type { Dialect } from './dialect.js';
import { searchCondition, type SearchTarget } from './search-condition.js';
import { allOf, anyOf, isFalse, isTrue, list, sql, type Sql } from './sql.js';
import type { TablePlan } from './table-plan.js';

/** The WHERE of a query of records. */
export function recordConditions(
  query: RecordQuery,
  plan: TablePlan,
  { dialect, search }: { dialect: Dialect; search: Omit<SearchTarget, 'columns' | 'elsewhere'> },
): Sql {
  const { text, customerId, email, name } = query;
  const conditions = [validityCondition(query.validity, plan)];
  if (text) conditions.push(searchCondition(text, { ...search, columns: plan.searched, elsewhere: elsewhereOf(plan, dialect, search) }, dialect));
  if (customerId !== null) {
    conditions.push(plan.customerId ? dialect.equalsInAnyCase(plan.customerId, [customerId]) : isFalse);
  }
  if (email !== null) conditions.push(anyOf(plan.mail.map((column) => dialect.equalsInAnyCase(column, [email]))));
  if (name !== undefined) conditions.push(anyOf(plan.name.map((column) => dialect.equalsInAnyCase(column, [name]))));
  return allOf(conditions.filter((condition) => condition !== isTrue));
}

function elsewhereOf(
  { key, dynamicFields }: TablePlan,
  dialect: Dialect,
  { isCaseSensitive }: { isCaseSensitive: boolean },
): SearchTarget['elsewhere'] {
  if (dynamicFields === null) return [];
  const { objectType, fieldIds, value } = dynamicFields;
  const ids = list(fieldIds.map((id) => sql`${id}`), ', ');
  return [
    (pattern) => sql`${key.id} IN (
      SELECT o.object_name FROM dynamic_field_obj_id_name o JOIN dynamic_field_value v ON v.object_id = o.object_id
       WHERE o.object_type = ${objectType} AND v.field_id IN (${ids}) AND ${dialect.like(value, pattern, isCaseSensitive)})`,
  ];
}

/** As in the helpdesk only id 1 is valid; without a column for it everybody is. */
function validityCondition(validity: RecordQuery['validity'], { valid }: TablePlan): Sql {
  if (validity === 'all') return isTrue;
  if (!valid) return validity === 'valid' ? isTrue : isFalse;
  const one = valid.type === 'integer' ? 1 : '1';
  return validity === 'valid' ? sql`${valid.id} = ${one}` : sql`(${valid.id} <> ${one} OR ${valid.id} IS NULL)`;
}
