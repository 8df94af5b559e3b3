import type { FieldMap, FieldMapRow } from '../backends/index.js';

export function rowOf(map: FieldMap, variable: string): FieldMapRow | null {
  return map.rows.find((row) => row.variable === variable) ?? null;
}
