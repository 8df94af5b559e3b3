import { Inject, Injectable } from '@nestjs/common';
import { validityOf } from '../backends/index.js';
import { foldKey } from '../kernel/fold-key.js';
import { equalsInAnyCase } from '../platform/persistence/any-case.js';
import type { Connection } from '../platform/persistence/database.js';
import type { DatabaseReport } from '../platform/persistence/migrate.js';
import { DATABASE_REPORT, MAIN_CONNECTION } from '../platform/persistence/persistence.module.js';
import { portable } from '../platform/persistence/sql.js';
import { pathsAbove, type ServiceFact, type ServiceFacts } from './resolve-services.js';

/** The helpdesk keeps the services of everybody under this login; nobody is called so. */
export const defaultsLogin = '<DEFAULT>';
/** More services than any helpdesk has. */
const mostRows = 50_000;

@Injectable()
export class ServiceFactsRepository {
  private readonly ignoresCase: boolean;

  constructor(
    @Inject(MAIN_CONNECTION) private readonly connection: Connection,
    @Inject(DATABASE_REPORT) { facts }: Pick<DatabaseReport, 'facts'>,
  ) {
    this.ignoresCase = facts.tables.get('service_customer_user')?.columns.get('customer_user_login')?.ignoresCase ?? false;
  }

  /** What the services of one person follow from, by any spelling of the login. */
  async ofPerson(login: string): Promise<ServiceFacts> {
    const [own, defaults] = await Promise.all([this.assignedTo(login), this.assignedTo(defaultsLogin)]);
    return { own, defaults, invalidNames: await this.invalidAmong([...own, ...defaults].flatMap(({ name }) => pathsAbove(name))) };
  }

  private async assignedTo(login: string): Promise<ServiceFact[]> {
    const { engine } = this.connection;
    const condition = equalsInAnyCase(engine, { name: 'r.customer_user_login', ignoresCase: this.ignoresCase }, [login]);
    const rows = await this.connection.query<ServiceRow & { login: string }>(
      portable(
        engine,
        `SELECT DISTINCT s.id, s.name, s.valid_id, r.customer_user_login AS login FROM service_customer_user r JOIN service s ON s.id = r.service_id
          WHERE ${condition.sql} ORDER BY s.id LIMIT ${mostRows}`,
      ),
      condition.values,
    );
    const own = rows.filter((row) => foldKey(row.login) === foldKey(login));
    const services = new Map(own.map(({ id, name, valid_id: validId }) => [Number(id), { serviceId: Number(id), name, validity: validityOf(validId) }]));
    return [...services.values()].sort((one, other) => (treeOrder(one) < treeOrder(other) ? -1 : 1));
  }

  private async invalidAmong(names: readonly string[]): Promise<string[]> {
    const asked = [...new Set(names)];
    if (asked.length === 0) return [];
    const rows = await this.connection.query<{ name: string }>(
      portable(
        this.connection.engine,
        `SELECT name FROM service WHERE valid_id <> 1 AND name IN (${asked.map(() => '?').join(', ')}) ORDER BY id LIMIT ${mostRows}`,
      ),
      asked,
    );
    return rows.map(({ name }) => name).filter((name) => asked.includes(name));
  }
}

interface ServiceRow {
  id: number;
  name: string;
  valid_id: number;
}

/** What is below a service comes right behind it. */
function treeOrder({ name }: ServiceFact): string {
  return name.toLowerCase().replaceAll('::', '\u0001');
}
