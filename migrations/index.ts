import type { MigrationInterface } from 'typeorm';
import { HelpdeskTables1795219201000 } from './2026-11-21-helpdesk-tables.js';
import { OwnTables1795219200000 } from './2026-11-21-own-tables.js';
import { Jobs1795305601000 } from './2026-11-22-jobs.js';
import { RelationChanges1795305600000 } from './2026-11-22-relation-changes.js';

/** All migrations in their order. What was released is never changed: a change is a migration of its own at the end. */
export const migrations: readonly (new () => MigrationInterface)[] = [
  OwnTables1795219200000, HelpdeskTables1795219201000, RelationChanges1795305600000, Jobs1795305601000,
];

export const migrationsTable = 'clientele_migrations';
