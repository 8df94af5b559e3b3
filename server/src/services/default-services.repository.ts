import { Inject, Injectable } from '@nestjs/common';
import type { Connection } from '../platform/persistence/database.js';
import { MAIN_CONNECTION } from '../platform/persistence/persistence.module.js';

/** The helpdesk keeps the services of everybody under this login. */
const defaultsLogin = '<DEFAULT>';

@Injectable()
export class DefaultServicesRepository {
  constructor(@Inject(MAIN_CONNECTION) private readonly connection: Connection) {}

  /** Which of these services everybody has. */
  async among(serviceIds: readonly number[]): Promise<ReadonlySet<number>> {
    if (serviceIds.length === 0) return new Set();
    const rows = await this.connection.query<{ service_id: number }>(
      `SELECT DISTINCT service_id FROM service_customer_user
        WHERE customer_user_login = '${defaultsLogin}' AND service_id IN (${serviceIds.map(Math.trunc).join(', ')})
        LIMIT ${serviceIds.length}`,
    );
    return new Set(rows.map(({ service_id: serviceId }) => Number(serviceId)));
  }
}
