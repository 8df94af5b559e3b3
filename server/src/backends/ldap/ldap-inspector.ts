import type { Client, Entry } from 'ldapts';
import type { Deadline } from '../../kernel/deadline.js';
import { inspectedRows, type InspectedRow, type Inspector, type RunStep } from '../backend-driver.js';
import { bindToLdap, connectToLdap, type LdapConnection } from './ldap-connection.js';
import { readEntry, recordOf, type LdapEntry } from './ldap-entry.js';
import { failureOf, tooLate } from './ldap-failure.js';
import { allOf, anyOf, present } from './ldap-filter.js';
import type { LdapParams } from './ldap-params.js';
import type { LdapPlan } from './ldap-plan.js';
import { shareOf, type LdapPool } from './ldap-pool.js';

/** Looks into a directory by a connection that is opened for it, and closed behind it. */
export class LdapInspector implements Inspector {
  private shownCertificateEndsAt: Date | null = null;

  constructor(
    private readonly parts: {
      readonly plan: LdapPlan;
      readonly params: LdapParams;
      readonly pool: LdapPool;
      readonly owner: { readonly backendId: string; readonly secretKey: string };
    },
  ) {}

  get certificateEndsAt(): Date | null {
    return this.shownCertificateEndsAt ?? this.parts.pool.certificateEndsAt;
  }

  async inspect(run: RunStep, deadline: Deadline): Promise<readonly InspectedRow[]> {
    const { params } = this.parts;
    const connection = await run('connect', () => this.connect(deadline));
    try {
      if (params.account !== null) await run('bind', () => bindToLdap(connection, params, deadline));
      const entries = await run('search', () => this.search(connection.client));
      return await run('map', async () => entries.map((entry) => this.mapped(entry)));
    } finally {
      connection.destroy();
    }
  }

  /** To the first server that answers. The account is told to one only. */
  private async connect(deadline: Deadline): Promise<LdapConnection> {
    const { params } = this.parts;
    let failure: unknown = tooLate();
    for (const [index, host] of params.hosts.entries()) {
      try {
        const connection = await connectToLdap(host, params, shareOf(deadline, params.hosts.length - index));
        this.shownCertificateEndsAt = connection.certificateEndsAt;
        return connection;
      } catch (error) {
        failure = error;
      }
    }
    throw failure;
  }

  /** Whoever has a login, or a mail address and no login: the latter is what an operator wants to see here. */
  private async search(client: Client): Promise<readonly Entry[]> {
    const { plan, params } = this.parts;
    const people = anyOf([plan.key, ...plan.mail].map(present));
    const filter = plan.always ? allOf([people, plan.always]) : people;
    const attributes = [...plan.attributes];
    try {
      // With a limit of its own, what came before the server's is kept.
      return (await client.search(params.baseDn, { scope: params.scope, filter, attributes, sizeLimit: inspectedRows })).searchEntries;
    } catch (error) {
      throw failureOf(error);
    }
  }

  private mapped(found: Entry): InspectedRow {
    const { plan, params, owner } = this.parts;
    const entry = readEntry(found, params.charset);
    const { values } = recordOf(entry, plan, { ...owner, isValid: true });
    return { raw: rawValues(entry, plan), values, unreadable: entry.unreadable };
  }
}

/** The attributes that a record is made of: secret ones were never asked for. */
function rawValues(entry: LdapEntry, { attributes }: LdapPlan): Record<string, readonly string[]> {
  const present = attributes.map((attribute) => [attribute, entry.values(attribute)] as const).filter(([, values]) => values.length > 0);
  return Object.fromEntries(present);
}
