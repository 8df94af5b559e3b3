/** How much is kept, and how long. */
export interface CacheBounds {
  readonly entries: number;
  /** Of all values together, as their owner measures them. */
  readonly bytes: number;
  readonly milliseconds: number;
}

interface Entry<V> {
  readonly value: V;
  readonly bytes: number;
  readonly end: number;
}

/** Values by name: nothing outlives its time, and what was used least lately goes first when there is no more room. */
export class BoundedCache<V> {
  private readonly entries = new Map<string, Entry<V>>();
  private bytes = 0;

  /** `now` in milliseconds, never going back. */
  constructor(
    private readonly bounds: CacheBounds,
    private readonly now: () => number,
  ) {}

  get(name: string): V | undefined {
    const entry = this.entries.get(name);
    if (entry === undefined) return undefined;
    this.delete(name);
    if (entry.end <= this.now()) return undefined;
    this.put(name, entry);
    return entry.value;
  }

  set(name: string, value: V, bytes: number): void {
    this.delete(name);
    if (bytes > this.bounds.bytes) return;
    this.put(name, { value, bytes, end: this.now() + this.bounds.milliseconds });
    for (const oldest of this.entries.keys()) {
      if (this.entries.size <= this.bounds.entries && this.bytes <= this.bounds.bytes) return;
      this.delete(oldest);
    }
  }

  delete(name: string): void {
    this.bytes -= this.entries.get(name)?.bytes ?? 0;
    this.entries.delete(name);
  }

  /** A Map keeps the order in which its names were put in: the last is the one used last. */
  private put(name: string, entry: Entry<V>): void {
    this.entries.set(name, entry);
    this.bytes += entry.bytes;
  }
}
