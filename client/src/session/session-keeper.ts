import type { SessionOpened } from '../../../server/contract/session.js';
import type { AccessTokens } from '../api/api-client.js';

/** Seconds before its end at which a session is renewed: a session of 15 minutes at minute 13. */
const renewedBefore = 120;
/** Seconds until the next try when the host did not answer and the old session still runs. */
const triedAgainAfter = 15;

export interface SessionKeeperParts {
  launchToken(): Promise<string | null>;
  exchange(launchToken: string): Promise<SessionOpened>;
  opened(session: SessionOpened): void;
  ended(): void;
}

/** Holds the bearer token, in memory and nowhere else, and has it renewed in time by one request at a time. */
export class SessionKeeper implements AccessTokens {
  private token: string | null = null;
  private opening: Promise<string | null> | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly parts: SessionKeeperParts) {}

  current(): string | null {
    return this.token;
  }

  /** `null`: the host does not know the agent. Throws when host or plugin does not answer. */
  open(): Promise<string | null> {
    this.opening ??= this.exchangeLaunchToken().finally(() => {
      this.opening = null;
    });
    return this.opening;
  }

  /** After a refused token: a fresh one, or `null` and the session has ended. */
  async renew(): Promise<string | null> {
    const token = await this.open().catch(() => null);
    if (token === null) this.end();
    return token;
  }

  private async exchangeLaunchToken(): Promise<string | null> {
    const launchToken = await this.parts.launchToken();
    if (launchToken === null) return null;

    const session = await this.parts.exchange(launchToken);
    this.token = session.accessToken;
    this.renewIn(Math.max(session.expiresIn - renewedBefore, triedAgainAfter));
    this.parts.opened(session);
    return this.token;
  }

  private async renewAhead(): Promise<void> {
    try {
      if ((await this.open()) === null) this.end();
    } catch {
      this.renewIn(triedAgainAfter);
    }
  }

  private renewIn(seconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.renewAhead(), seconds * 1000);
  }

  private end(): void {
    clearTimeout(this.timer);
    this.token = null;
    this.parts.ended();
  }
}
