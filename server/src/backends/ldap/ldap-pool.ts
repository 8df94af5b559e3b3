import type { Client } from 'ldapts';
import type { Clock } from '../../kernel/clock.js';
import { withDeadline, type Deadline } from '../../kernel/deadline.js';
import { StoreFailure } from '../store-failure.js';
import { openLdapConnection, type LdapConnection } from './ldap-connection.js';
import { failureOf, isAnswer, isWorthAnotherHost, tooLate } from './ldap-failure.js';
import type { LdapParams } from './ldap-params.js';

const mostConnections = 4;
/** Servers and firewalls drop connections that rest for long. */
const longestRestMs = 60_000;

/** The last one of the account, a new object each time. */
interface Refusal {
  readonly failure: StoreFailure;
}

/** A few bound connections to the first server of the directory that answers. Every question has one deadline for all. */
export class LdapPool {
  private readonly resting: { readonly connection: LdapConnection; readonly since: number }[] = [];
  private readonly busy = new Set<LdapConnection>();
  private readonly queue: (() => void)[] = [];
  private taken = 0;
  private preferred = 0;
  private shownCertificateEndsAt: Date | null = null;
  private opening: Promise<unknown> = Promise.resolve();
  private refusal: Refusal | null = null;

  constructor(
    private readonly params: LdapParams,
    private readonly clock: Clock,
  ) {}

  /** Runs the work on a connection. When the deadline passes the socket is destroyed. Throws StoreFailure, or an answer. */
  async use<T>(given: Deadline, work: (client: Client) => Promise<T>): Promise<T> {
    const deadline = this.limited(given);
    const known = this.refusal;
    await this.takePlace(deadline);
    try {
      const rested = this.wake();
      if (rested) {
        const answer = await this.tryRested(rested, deadline, work);
        if (answer) return answer.value;
      }
      return await this.run(await this.open(deadline, known), deadline, work);
    } finally {
      this.taken -= 1;
      // All of them: whoever waited in vain may have left meanwhile.
      for (const goOn of this.queue.splice(0)) goOn();
    }
  }

  /** Of the certificate that was shown last; `null`: none yet, or nothing is encrypted. */
  get certificateEndsAt(): Date | null {
    return this.shownCertificateEndsAt;
  }

  close(): void {
    for (const { connection } of this.resting.splice(0)) connection.destroy();
    for (const connection of this.busy) connection.destroy();
  }

  /** `null`: the server had closed it while it rested, which is no failure yet. */
  private async tryRested<T>(connection: LdapConnection, deadline: Deadline, work: (client: Client) => Promise<T>): Promise<{ value: T } | null> {
    try {
      return { value: await this.run(connection, deadline, work) };
    } catch (error) {
      if (error instanceof StoreFailure && error.kind === 'unreachable') return null;
      throw error;
    }
  }

  private async run<T>(connection: LdapConnection, deadline: Deadline, work: (client: Client) => Promise<T>): Promise<T> {
    this.busy.add(connection);
    try {
      const value = await withDeadline(deadline, work(connection.client), tooLate);
      this.rest(connection);
      return value;
    } catch (error) {
      if (isAnswer(error)) {
        this.rest(connection);
        throw error;
      }
      connection.destroy();
      throw failureOf(error);
    } finally {
      this.busy.delete(connection);
    }
  }

  private rest(connection: LdapConnection): void {
    if (connection.isAlive()) this.resting.push({ connection, since: this.clock.now().getTime() });
  }

  private wake(): LdapConnection | null {
    const now = this.clock.now().getTime();
    for (let last = this.resting.pop(); last; last = this.resting.pop()) {
      if (last.connection.isAlive() && now - last.since < longestRestMs) return last.connection;
      last.connection.destroy();
    }
    return null;
  }

  /** One after the other, so that a wrong password is tried once and not by all who wait: `known` is what there was when they came. */
  private open(deadline: Deadline, known: Refusal | null): Promise<LdapConnection> {
    const opened = this.opening.then(() => {
      if (this.refusal !== null && this.refusal !== known) throw this.refusal.failure;
      return this.openFirst(deadline);
    });
    this.opening = opened.catch(() => {});
    return withDeadline(deadline, opened, tooLate);
  }

  private async openFirst(deadline: Deadline): Promise<LdapConnection> {
    if (deadline.signal.aborted) throw tooLate();
    const { hosts } = this.params;
    let failure: StoreFailure | null = null;
    for (let tried = 0; tried < hosts.length; tried += 1) {
      const index = (this.preferred + tried) % hosts.length;
      const host = hosts[index];
      if (!host) continue;
      try {
        const connection = await openLdapConnection(host, this.params, shareOf(deadline, hosts.length - tried));
        this.preferred = index;
        this.shownCertificateEndsAt = connection.certificateEndsAt;
        return connection;
      } catch (error) {
        failure = failureOf(error);
        if (failure.kind === 'refused-account') this.noteRefusal(failure);
        if (!isWorthAnotherHost(failure) || deadline.signal.aborted) break;
      }
    }
    throw failure ?? tooLate();
  }

  /** What was opened with the account before is not trusted either: or the next question would seem to heal it. */
  private noteRefusal(failure: StoreFailure): void {
    this.refusal = { failure };
    for (const { connection } of this.resting.splice(0)) connection.destroy();
  }

  private async takePlace(deadline: Deadline): Promise<void> {
    while (this.taken >= mostConnections) {
      await withDeadline(deadline, new Promise<void>((resolve) => this.queue.push(resolve)), tooLate);
    }
    this.taken += 1;
  }

  /** The operator's time limit stands beside whatever the asker can wait for. */
  private limited(deadline: Deadline): Deadline {
    return shortened(deadline, this.params.timeoutMs);
  }
}

/** A dead server gets its share of the time, so that the next one has some left. */
export function shareOf(deadline: Deadline, servers: number): Deadline {
  return servers === 1 ? deadline : shortened(deadline, deadline.remainingMs() / servers);
}

function shortened(deadline: Deadline, milliseconds: number): Deadline {
  const end = performance.now() + milliseconds;
  return {
    signal: AbortSignal.any([deadline.signal, AbortSignal.timeout(Math.max(0, Math.ceil(milliseconds)))]),
    remainingMs: () => Math.max(0, Math.min(deadline.remainingMs(), end - performance.now())),
  };
}

