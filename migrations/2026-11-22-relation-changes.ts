import type { MigrationInterface, QueryRunner } from 'typeorm';
import { queryRows } from '../server/src/platform/persistence/query-rows.js';
import { portable } from '../server/src/platform/persistence/sql.js';
import { column, index, nullable, table, text, type ColumnDefinition } from './table-definition.js';
import { dropTables, engineOf, existingTables, TableMaker } from './table-maker.js';
import { columnSql } from './table-sql.js';

/** What a change of relations found and left, so that it can be taken back. */
const changes = table(
  'clientele_change',
  [text('id', 36), column('at', 'moment'), column('undo_until', 'moment'), text('relation', 40), column('content', 'longtext')],
  { indexes: [index('clientele_change_undo', 'undo_until')] },
);
const ofAudit: readonly ColumnDefinition[] = [nullable(column('relations', 'longtext')), nullable(text('change_id', 36))];

/** Changes of relations: kept for the undo, and told in the history of both ends. */
export class RelationChanges1795305600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await new TableMaker(runner, 'utf8mb4_bin').make([changes], {
      beforeEach: async () => {},
      // behind the table: where DDL commits by itself, a run that was killed is completed column by column
      fill: async () => {
        const present = await auditColumns(runner);
        for (const definition of ofAudit.filter(({ name }) => !present.has(name))) {
          await runner.query(`ALTER TABLE clientele_audit ADD COLUMN ${columnSql(engineOf(runner), definition)}`);
        }
      },
      afterRemoval: async () => {},
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    const present = await auditColumns(runner);
    for (const { name } of ofAudit.filter((definition) => present.has(definition.name))) {
      await runner.query(`ALTER TABLE clientele_audit DROP COLUMN ${name}`);
    }
    await dropTables(runner, [...(await existingTables(runner, [changes.name]))]);
  }
}

async function auditColumns(runner: QueryRunner): Promise<Set<string>> {
  const schema = engineOf(runner) === 'mysql' ? 'DATABASE()' : 'current_schema()';
  const rows = await queryRows<{ name: string }>(
    runner,
    portable(
      engineOf(runner),
      `SELECT column_name AS name FROM information_schema.columns WHERE table_schema = ${schema} AND table_name = ?`,
    ),
    ['clientele_audit'],
  );
  return new Set(rows.map(({ name }) => name));
}
