import { useQuery } from '@pinia/colada';
import { computed, ref, watch, type Ref } from 'vue';
import type { PickerOption, PickerSearch } from './picker-search.js';
import { useDebounced } from './use-debounced.js';

/** Twenty thousand customers are normal: the server searches, and a screenful is offered. */
export const offeredAtOnce = 20;

/** Where a picker's options come from. */
export interface PickerSource {
  /** Of the answers kept here; changes of what it names make them ask anew. */
  readonly key: readonly string[];
  find(text: string, signal: AbortSignal): Promise<{ readonly options: readonly PickerOption[]; readonly hasMore: boolean }>;
  /** What is chosen, however it came to be. */
  name(value: string, signal: AbortSignal): Promise<string>;
}

export function usePickerSearch(chosen: Ref<string>, source: PickerSource): PickerSearch {
  const isOpen = ref(false);
  const typed = ref('');
  const searched = ref('');
  const searchSoon = useDebounced(() => (searched.value = typed.value.trim()), 250);
  watch(typed, () => searchSoon.run());

  const found = useQuery({
    key: () => [...source.key, 'picker', searched.value],
    query: ({ signal }) => source.find(searched.value, signal),
    enabled: () => isOpen.value,
    placeholderData: (before) => before,
  });
  const name = useQuery({
    key: () => [...source.key, 'picked', chosen.value],
    query: ({ signal }) => source.name(chosen.value, signal),
    enabled: () => chosen.value !== '',
  });

  return {
    isOpen,
    typed,
    isSearching: computed(() => found.asyncStatus.value === 'loading'),
    hasFailed: computed(() => found.error.value !== null),
    options: computed(() => found.data.value?.options ?? []),
    hasMore: computed(() => found.data.value?.hasMore === true),
    chosenText: computed(() => (chosen.value === '' ? '' : (name.data.value ?? chosen.value))),
  };
}
