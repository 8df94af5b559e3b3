import type { QueryRunner } from 'typeorm';
import type { Engine } from '../server/src/platform/persistence/database.js';
import { queryRows } from '../server/src/platform/persistence/query-rows.js';
import { portable, quoteIdentifier } from '../server/src/platform/persistence/sql.js';
import type { TableDefinition } from './table-definition.js';
import { addReferences, createTable, referenceName, type Collation } from './table-sql.js';

export function engineOf(runner: QueryRunner): Engine {
  return runner.dataSource.options.type === 'postgres' ? 'postgres' : 'mysql';
}

/** Names of the tables in the database (on PostgreSQL: in the current schema), of those asked for. */
export async function existingTables(runner: QueryRunner, names: readonly string[]): Promise<Set<string>> {
  const schema = engineOf(runner) === 'mysql' ? 'DATABASE()' : 'current_schema()';
  const rows = await queryRows<{ name: string }>(
    runner,
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ${schema}`,
  );
  const present = new Set(rows.map(({ name }) => name));
  return new Set(names.filter((name) => present.has(name)));
}

/**
 * Makes tables so that a failure leaves nothing behind: on the MySQL family each statement commits by itself, so what
 * was made is taken away again, and nothing else. A table that a killed run has left is kept and completed.
 */
export class TableMaker {
  private readonly engine: Engine;
  private readonly made: string[] = [];

  constructor(
    private readonly runner: QueryRunner,
    private readonly collation: Collation,
  ) {
    this.engine = engineOf(runner);
  }

  /** `beforeEach` is told of a table right before it is made, and `afterRemoval` of those that were taken away. */
  async make(
    definitions: readonly TableDefinition[],
    steps: {
      readonly beforeEach: (table: string) => Promise<void>;
      readonly fill: () => Promise<void>;
      readonly afterRemoval: (tables: readonly string[]) => Promise<void>;
    },
  ): Promise<void> {
    try {
      const existing = await existingTables(this.runner, definitions.map(({ name }) => name));
      for (const definition of definitions.filter(({ name }) => !existing.has(name))) {
        await steps.beforeEach(definition.name);
        await this.makeTable(definition);
      }
      await steps.fill();
      await withoutChecks(this.runner, async () => {
        for (const definition of definitions) await this.addReferences(definition);
      });
    } catch (error) {
      if (this.engine === 'mysql') await this.takeAway(steps.afterRemoval);
      throw error;
    }
  }

  private async makeTable(definition: TableDefinition): Promise<void> {
    const [table = '', ...indexes] = createTable(this.engine, definition, this.collation);
    await this.runner.query(table);
    this.made.push(definition.name);
    for (const statement of indexes) await this.runner.query(statement);
  }

  private async addReferences(definition: TableDefinition): Promise<void> {
    const present = await this.constraintsOf(definition.name);
    const missing = definition.references.filter(
      (reference) => !present.has(referenceName(definition.name, reference).toLowerCase()),
    );
    if (missing.length > 0) await this.runner.query(addReferences(this.engine, definition.name, missing));
  }

  private async constraintsOf(table: string): Promise<Set<string>> {
    const schema = this.engine === 'mysql' ? 'DATABASE()' : 'current_schema()';
    const rows = await queryRows<{ name: string }>(
      this.runner,
      portable(
        this.engine,
        `SELECT constraint_name AS name FROM information_schema.table_constraints
          WHERE table_schema = ${schema} AND table_name = ?`,
      ),
      [table],
    );
    return new Set(rows.map(({ name }) => name.toLowerCase()));
  }

  private async takeAway(afterRemoval: (tables: readonly string[]) => Promise<void>): Promise<void> {
    await dropTables(this.runner, this.made);
    await afterRemoval(this.made);
  }
}

/** In any order, however they refer to each other. */
export async function dropTables(runner: QueryRunner, names: readonly string[]): Promise<void> {
  const engine = engineOf(runner);
  if (names.length === 0) return;
  if (engine === 'postgres') {
    await runner.query(`DROP TABLE ${names.map((name) => quoteIdentifier(engine, name)).join(', ')}`);
    return;
  }
  await withoutChecks(runner, async () => {
    for (const name of names) await runner.query(`DROP TABLE ${quoteIdentifier(engine, name)}`);
  });
}

/** With checks, the MySQL family copies a table to add a reference to it, and drops none that is referred to. */
async function withoutChecks(runner: QueryRunner, work: () => Promise<void>): Promise<void> {
  if (engineOf(runner) === 'postgres') return work();
  await runner.query('SET SESSION foreign_key_checks = 0');
  try {
    await work();
  } finally {
    await runner.query('SET SESSION foreign_key_checks = 1');
  }
}
