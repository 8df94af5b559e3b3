import { BoundedCache, type CacheBounds } from './bounded-cache.js';

/** Answers of one sort, each good in the generation in which it was asked for. `null`: no generation is known. */
export class Memory<V> {
  private readonly answers: BoundedCache<{ readonly generation: string; readonly value: V }>;

  constructor(bounds: CacheBounds, now: () => number) {
    this.answers = new BoundedCache(bounds, now);
  }

  recall(generation: string | null, name: string): V | undefined {
    const answer = generation === null ? undefined : this.answers.get(name);
    return answer?.generation === generation ? answer?.value : undefined;
  }

  /** Characters as JSON, twice: how much that is in memory is near enough. */
  keep(generation: string | null, name: string, value: V): void {
    if (generation !== null) this.answers.set(name, { generation, value }, 2 * (name.length + JSON.stringify(value).length));
  }
}
