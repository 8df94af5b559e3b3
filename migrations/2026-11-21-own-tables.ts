import type { MigrationInterface, QueryRunner } from 'typeorm';
import { lockBuckets, ownTables } from './own-tables.js';
import { dropTables, engineOf, existingTables, TableMaker } from './table-maker.js';

/** What the product keeps for itself: history, outbox, locks, agents, sessions. */
export class OwnTables1795219200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await new TableMaker(runner, 'utf8mb4_bin').make(ownTables, {
      beforeEach: async () => {},
      fill: () => fillLocks(runner),
      afterRemoval: async () => {},
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    const existing = await existingTables(runner, ownTables.map(({ name }) => name));
    await dropTables(runner, [...existing]);
  }
}

async function fillLocks(runner: QueryRunner): Promise<void> {
  const rows = Array.from({ length: lockBuckets }, (_, bucket) => `(${bucket})`).join(', ');
  await runner.query(
    engineOf(runner) === 'mysql'
      ? `INSERT IGNORE INTO clientele_lock (bucket) VALUES ${rows}`
      : `INSERT INTO clientele_lock (bucket) VALUES ${rows} ON CONFLICT DO NOTHING`,
  );
}
