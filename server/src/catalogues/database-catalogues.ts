import { Inject, Injectable } from '@nestjs/common';
import { readSecretKey } from '../platform/config/environment-secret-key.js';
import { ENVIRONMENT, type Environment } from '../platform/config/environment.js';
import type { Connection } from '../platform/persistence/database.js';
import type { DatabaseReport } from '../platform/persistence/migrate.js';
import { DATABASE_REPORT, MAIN_CONNECTION } from '../platform/persistence/persistence.module.js';
import { quoteIdentifier } from '../platform/persistence/sql.js';
import { CatalogueTable, type CatalogueTableOptions } from './catalogue-table.js';
import { HostCatalogues } from './host-catalogues.js';

/** Where the helpdesk's tables are in our main database: ours to write where we are the host, or else only to read. */
@Injectable()
export class DatabaseCatalogues extends HostCatalogues {
  readonly groups: CatalogueTable;
  readonly services: CatalogueTable;

  constructor(
    @Inject(MAIN_CONNECTION) connection: Connection,
    @Inject(DATABASE_REPORT) report: DatabaseReport,
    @Inject(ENVIRONMENT) environment: Environment,
  ) {
    super();
    const shared = { isWritable: environment.isEmbeddedHostOn && report.tables === 'made', secretKey: readSecretKey(environment) };
    const { groupTable } = report.facts;
    const groups = { ...shared, table: quoteIdentifier(connection.engine, groupTable), isTree: false };
    const services = { ...shared, table: 'service', isTree: true };
    this.groups = new CatalogueTable(connection, { ...groups, ...columnsOf(report, groupTable) });
    this.services = new CatalogueTable(connection, { ...services, ...columnsOf(report, 'service') });
  }
}

function columnsOf({ facts }: DatabaseReport, table: string): Pick<CatalogueTableOptions, 'lengths' | 'ignoresCase'> {
  const columns = facts.tables.get(table)?.columns;
  return {
    lengths: { name: columns?.get('name')?.length ?? 200, comment: columns?.get('comments')?.length ?? 250 },
    ignoresCase: columns?.get('name')?.ignoresCase ?? false,
  };
}
