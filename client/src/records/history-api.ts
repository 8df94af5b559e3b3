import { useQueryCache } from '@pinia/colada';
import type { HistoryPage, HistoryQuery } from '../../../server/contract/history.js';
import type { RelationSaved } from '../../../server/contract/relation.js';
import { useSession } from '../session/session.js';

/** What happened to one record, group or service, the newest first; and the way back from a change of relations. */
export function useHistoryApi(kind: HistoryQuery['kind']) {
  const { api } = useSession();
  const cache = useQueryCache();

  return {
    page: (key: string, cursor: string | null, limit = 20) => api.request<HistoryPage>('/history', { query: { kind, key, cursor, limit } }),
    async undo(changeId: string): Promise<void> {
      await api.request<RelationSaved>(`/changes/${encodeURIComponent(changeId)}/undo`, { method: 'POST', body: {} });
      void cache.invalidateQueries({ key: ['relations'] });
    },
  };
}
