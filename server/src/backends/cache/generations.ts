/**
 * To which state of a backend's records an answer belongs. An answer carries the generation that was current before it
 * was asked for, and is good for as long as that one is: so an answer that was under way while somebody wrote is never
 * taken for a new one.
 */
export interface Generations {
  /** `null`: not known at present, so that nothing kept may be used. Never throws. */
  current(backendId: string): Promise<string | null>;
  /** Ends the current generation, in every process. Never throws. */
  advance(backendId: string): Promise<void>;
  close(): Promise<void>;
}

/** Of this process alone. */
export class OwnGenerations implements Generations {
  private readonly numbers = new Map<string, number>();

  async current(backendId: string): Promise<string> {
    return String(this.numbers.get(backendId) ?? 0);
  }

  async advance(backendId: string): Promise<void> {
    this.numbers.set(backendId, (this.numbers.get(backendId) ?? 0) + 1);
  }

  async close(): Promise<void> {}
}
