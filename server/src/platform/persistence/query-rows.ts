import type { QueryRunner } from 'typeorm';

/** Rows of a statement on a TypeORM runner. Their shape is what the statement says; nothing but a test can check it. */
export async function queryRows<Row>(runner: QueryRunner, sql: string, values: readonly unknown[] = []): Promise<Row[]> {
  const { records } = await runner.query(sql, [...values], true);
  // eslint-disable-next-line @typescript-eslint/no-unsafe-return -- TypeORM has no types for rows
  return records;
}
