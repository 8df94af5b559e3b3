export interface OutboxMessage {
  /** The same at every attempt: a handler that acts outside uses it to act once. */
  readonly id: string;
  readonly topic: string;
  readonly subject: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly correlationId: string;
  readonly at: Date;
}

/** Who wants to hear of facts. A message may come again when the first attempt ended without an answer. */
export interface OutboxHandler {
  /** Beginning of the topics it hears: `customer-user.`; the empty text hears everything. */
  readonly topics: string;
  /** Rejects when it is to be tried again later. The signal fires when the attempt is given up. */
  handle(message: OutboxMessage, signal: AbortSignal): Promise<void>;
}

/** Where handlers make themselves known, at the start of their module. */
export class OutboxHandlers {
  private readonly handlers: OutboxHandler[] = [];

  add(handler: OutboxHandler): void {
    this.handlers.push(handler);
  }

  of(topic: string): OutboxHandler[] {
    return this.handlers.filter(({ topics }) => topic.startsWith(topics));
  }
}
