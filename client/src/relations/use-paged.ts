import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue';

export interface Paged<Answer, Item> {
  /** The last answer; `null` until there is one. */
  readonly answer: ShallowRef<Answer | null>;
  /** The items of all pages so far. */
  readonly items: ShallowRef<readonly Item[]>;
  readonly state: Readonly<Ref<'loading' | 'loading-more' | 'shown'>>;
  readonly failure: Readonly<ShallowRef<unknown>>;
  reload(): Promise<void>;
  loadMore(): Promise<void>;
}

/** A list that grows page by page, begun anew when its subject changes. What is there stays while others are on their way. */
export function usePaged<Answer extends { readonly nextCursor: string | null }, Item>(
  ask: (cursor: string | null, signal: AbortSignal) => Promise<Answer>,
  itemsOf: (answer: Answer) => readonly Item[],
  subject: () => readonly unknown[],
): Paged<Answer, Item> {
  const answer: ShallowRef<Answer | null> = shallowRef(null);
  const items: ShallowRef<readonly Item[]> = shallowRef([]);
  const state = ref<'loading' | 'loading-more' | 'shown'>('loading');
  const failure = shallowRef<unknown>(null);
  let asking = new AbortController();

  async function load(cursor: string | null): Promise<void> {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    state.value = cursor === null ? 'loading' : 'loading-more';
    try {
      const found = await ask(cursor, signal);
      if (signal.aborted) return;
      items.value = cursor === null ? itemsOf(found) : [...items.value, ...itemsOf(found)];
      answer.value = found;
      failure.value = null;
    } catch (error) {
      if (signal.aborted) return;
      failure.value = error;
    }
    state.value = 'shown';
  }

  watch(subject, () => void load(null), { immediate: true });
  onScopeDispose(() => asking.abort());

  return { answer, items, state, failure, reload: () => load(null), loadMore: () => load(answer.value?.nextCursor ?? null) };
}
