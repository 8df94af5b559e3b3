import { Logger } from '@nestjs/common';
import type { LdapEntry } from './ldap-entry.js';

/** Topics that are remembered as said. */
const mostRemembered = 1_000;

/** What is odd in a directory, for the operator's log: said once, and again when it changes. */
export class EntryWarnings {
  private readonly logger = new Logger('backends');
  private readonly said = new Map<string, string>();

  constructor(private readonly backendId: string) {}

  note(topic: 'without-login', entries: number): void {
    if (entries > 0) this.say(topic, `${entries} entries match and have no login: they are left out`);
  }

  noteTwins(one: string, other: string): void {
    this.say(`twins ${[one, other].sort().join('\n')}`, `two entries have the same login and neither is used: ${one} and ${other}`);
  }

  /** Never the value: nobody knows what it is. */
  noteUnreadable({ dn, unreadable }: LdapEntry): void {
    if (unreadable.length === 0) return;
    this.say(`bytes ${dn}`, `${dn}: ${unreadable.join(', ')} holds bytes that are no text in the configured SourceCharset; they are left out`);
  }

  private say(topic: string, text: string): void {
    if (this.said.get(topic) === text) return;
    if (this.said.size >= mostRemembered) this.said.clear();
    this.said.set(topic, text);
    this.logger.warn(`${this.backendId}: ${text}`);
  }
}
