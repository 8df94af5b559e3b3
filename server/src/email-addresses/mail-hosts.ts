import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';

/** `none`: the name has neither an MX nor an A record; `unknown`: nobody could be asked. */
export type MailHost = 'found' | 'none' | 'unknown';

/** Whether mail to a domain has anywhere to go. */
export abstract class MailHosts {
  abstract look(domain: string): Promise<MailHost>;
}

export interface NameServerSettings {
  readonly timeoutMs: number;
  /** Addresses with an optional port; `null`: those of the machine. */
  readonly servers: readonly string[] | null;
}

/** DNS with one try and a timeout, as CheckMXRecord of the helpdesk. An address literal needs no name server. */
export class DnsMailHosts extends MailHosts {
  private readonly resolver: Resolver;

  constructor(settings: NameServerSettings) {
    super();
    this.resolver = new Resolver({ timeout: settings.timeoutMs, tries: 1 });
    if (settings.servers !== null) this.resolver.setServers(settings.servers);
  }

  async look(domain: string): Promise<MailHost> {
    if (isIP(domain) !== 0) return 'found';
    const exchanger = await answer(this.resolver.resolveMx(domain));
    return exchanger === 'none' ? answer(this.resolver.resolve4(domain)) : exchanger;
  }
}

/** The name server's plain "there is no such name" and "there is no such record"; all else says nothing of the name. */
const absent = new Set(['ENOTFOUND', 'ENODATA', 'EBADNAME']);

async function answer(question: Promise<readonly unknown[]>): Promise<MailHost> {
  try {
    return (await question).length > 0 ? 'found' : 'none';
  } catch (error) {
    return typeof error === 'object' && error !== null && 'code' in error && absent.has(String(error.code)) ? 'none' : 'unknown';
  }
}
