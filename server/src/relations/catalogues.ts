import { Inject, Injectable } from '@nestjs/common';
import type { Validity } from '../../contract/validity.js';
import { validityOf } from '../backends/index.js';
import type { Connection } from '../platform/persistence/database.js';
import type { DatabaseReport } from '../platform/persistence/migrate.js';
import { DATABASE_REPORT, MAIN_CONNECTION } from '../platform/persistence/persistence.module.js';
import { quoteIdentifier } from '../platform/persistence/sql.js';

export interface CatalogueEntry {
  readonly id: number;
  readonly name: string;
  readonly validity: Validity;
}

/** More groups, or services, than any helpdesk has. */
const mostEntries = 50_000;

/** All groups or all services, as short as they are: relations to them are put in order and searched here. */
@Injectable()
export class Catalogues {
  private readonly tables: { readonly group: string; readonly service: string };

  constructor(
    @Inject(MAIN_CONNECTION) private readonly connection: Connection,
    @Inject(DATABASE_REPORT) { facts }: Pick<DatabaseReport, 'facts'>,
  ) {
    this.tables = { group: quoteIdentifier(connection.engine, facts.groupTable), service: 'service' };
  }

  async all(kind: 'group' | 'service', signal: AbortSignal): Promise<CatalogueEntry[]> {
    const rows = await this.connection.query<{ id: number | string; name: string; valid_id: number }>(
      `SELECT id, name, valid_id FROM ${this.tables[kind]} ORDER BY id LIMIT ${mostEntries}`,
      [],
      signal,
    );
    return rows.map((row) => ({ id: Number(row.id), name: row.name, validity: validityOf(row.valid_id) }));
  }
}
