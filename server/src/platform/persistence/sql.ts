import type { Engine } from './database.js';

/** An identifier as the engine quotes it. Only for names of our own or checked against information_schema. */
export function quoteIdentifier(engine: Engine, name: string): string {
  return engine === 'mysql' ? `\`${name.replaceAll('`', '``')}\`` : `"${name.replaceAll('"', '""')}"`;
}

/** Turns the `?` of a statement into `$1`, `$2`, … on PostgreSQL. For statements without a question mark in a text. */
export function portable(engine: Engine, sql: string): string {
  if (engine === 'mysql') return sql;
  let count = 0;
  return sql.replaceAll('?', () => `$${++count}`);
}

/** The value of a placeholder, from 1, in the engine's own writing. */
export function placeholder(engine: Engine, number: number): string {
  return engine === 'mysql' ? '?' : `$${number}`;
}
