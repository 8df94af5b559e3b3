import type { Engine } from '../platform/persistence/database.js';
import { type Condition, equalsInAnyCase, isStorable } from '../platform/persistence/any-case.js';

/**
 * Rows whose column is the key, in any case and in no other respect different: unlike a condition of a search, it decides
 * what is written. `except`: rows in exactly this spelling are left out, as they are what they shall be.
 */
export function namesKey(engine: Engine, column: string, key: string, except: string | null = null): Condition {
  const near = equalsInAnyCase(engine, { name: column, ignoresCase: true }, [key]);
  const conditions = [near];
  if (engine === 'mysql' && isStorable(key)) {
    conditions.push({ sql: `LOWER(CONVERT(${column} USING utf8mb4)) COLLATE utf8mb4_bin IN (LOWER(?), LOWER(?))`, values: [key.normalize('NFC'), key.normalize('NFD')] });
  }
  if (except !== null) conditions.push(isNotSpelled(engine, column, except));
  return { sql: `(${conditions.map(({ sql }) => sql).join(' AND ')})`, values: conditions.flatMap(({ values }) => values) };
}

function isNotSpelled(engine: Engine, column: string, text: string): Condition {
  return engine === 'postgres'
    ? { sql: `${column} <> ?`, values: [text] }
    : { sql: `CAST(CONVERT(${column} USING utf8mb4) AS BINARY) <> CAST(? AS BINARY)`, values: [text] };
}
