import { useQuery } from '@pinia/colada';
import { computed, ref, watch, type Ref } from 'vue';
import type { PickerOption, PickerSearch } from '../records/picker-search.js';
import { keyOf, nameOf } from '../records/record-kind.js';
import { useRecordsApi } from '../records/records-api.js';
import { useDebounced } from '../records/use-debounced.js';

/** Twenty thousand customers are normal: the server searches, and a screenful is offered. */
const offeredAtOnce = 20;

/** Valid customers by what is typed, and the name of the chosen one, whatever its validity. */
export function useCustomerSearch(customerId: Ref<string>): PickerSearch {
  const isOpen = ref(false);
  const customers = useRecordsApi('customer');
  const typed = ref('');
  const searched = ref('');
  const searchSoon = useDebounced(() => (searched.value = typed.value.trim()), 250);
  watch(typed, () => searchSoon.run());

  const found = useQuery({
    key: () => ['customers', 'picker', searched.value],
    query: ({ signal }) => customers.page({ search: searched.value, limit: offeredAtOnce }, signal),
    enabled: () => isOpen.value,
    placeholderData: (before) => before,
  });
  const chosen = useQuery({
    key: () => ['customers', 'record', customerId.value],
    query: ({ signal }) => customers.find(customerId.value, signal),
    enabled: () => customerId.value !== '',
  });

  return {
    isOpen,
    typed,
    isSearching: computed(() => found.asyncStatus.value === 'loading'),
    hasFailed: computed(() => found.error.value !== null),
    options: computed<PickerOption[]>(() =>
      (found.data.value?.items ?? []).map((record) => ({ value: keyOf(record), label: nameOf(record), code: keyOf(record) })),
    ),
    hasMore: computed(() => found.data.value?.nextCursor != null),
    /** `Name · ID`, or the ID alone where the customer is not known. */
    chosenText: computed(() => {
      const record = chosen.data.value;
      if (customerId.value === '' || record === undefined) return customerId.value;
      return `${nameOf(record)} · ${customerId.value}`;
    }),
  };
}
