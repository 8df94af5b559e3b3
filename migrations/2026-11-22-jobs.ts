import type { MigrationInterface, QueryRunner } from 'typeorm';
import { jobTables } from './job-tables.js';
import { dropTables, existingTables, TableMaker } from './table-maker.js';

/** Jobs that go on after a restart, and renames that are under way. */
export class Jobs1795305601000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await new TableMaker(runner, 'utf8mb4_bin').make(jobTables, {
      beforeEach: async () => {},
      fill: async () => {},
      afterRemoval: async () => {},
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    const existing = await existingTables(runner, jobTables.map(({ name }) => name));
    await dropTables(runner, [...existing]);
  }
}
