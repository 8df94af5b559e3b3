import type { Ref } from 'vue';
import type { Group, GroupPage } from '../../../server/contract/group.js';
import type { Service, ServicePage } from '../../../server/contract/service.js';
import type { PickerSearch } from '../records/picker-search.js';
import { offeredAtOnce, usePickerSearch } from '../records/use-picker-search.js';
import { useSession } from '../session/session.js';

/** Valid groups, or services, by their names; chosen by number. */
export function useCatalogueSearch(collection: 'groups' | 'services', id: Ref<string>): PickerSearch {
  const { api } = useSession();
  return usePickerSearch(id, {
    key: [collection],
    async find(search, signal) {
      const page = await api.request<GroupPage | ServicePage>(`/${collection}`, { query: { search, limit: offeredAtOnce }, signal });
      return { options: page.items.map((item) => ({ value: idOf(item), label: item.name, code: '' })), hasMore: page.nextCursor !== null };
    },
    async name(value, signal) {
      return (await api.request<Group | Service>(`/${collection}/${encodeURIComponent(value)}`, { signal })).name;
    },
  });
}

function idOf(item: Group | Service): string {
  return String('groupId' in item ? item.groupId : item.serviceId);
}
