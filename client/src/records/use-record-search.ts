import type { Ref } from 'vue';
import type { BackendKind } from '../../../server/contract/backend.js';
import type { PickerSearch } from './picker-search.js';
import { collectionOf, keyOf, nameOf } from './record-kind.js';
import { useRecordsApi } from './records-api.js';
import { offeredAtOnce, usePickerSearch } from './use-picker-search.js';

/** Valid records by what is typed, and the name of the chosen one, whatever its validity. */
export function useRecordSearch(kind: BackendKind, key: Ref<string>): PickerSearch {
  const records = useRecordsApi(kind);
  return usePickerSearch(key, {
    key: [collectionOf[kind]],
    async find(text, signal) {
      const { items, nextCursor } = await records.page({ search: text, limit: offeredAtOnce }, signal);
      return { options: items.map((record) => ({ value: keyOf(record), label: nameOf(record), code: keyOf(record) })), hasMore: nextCursor !== null };
    },
    async name(value, signal) {
      return `${nameOf(await records.find(value, signal))} · ${value}`;
    },
  });
}
