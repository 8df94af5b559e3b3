import { useQueryCache } from '@pinia/colada';
import type { BulkPreview, BulkRelation, Job } from '../../../server/contract/job.js';
import { useSession } from '../session/session.js';

export function useBulkApi() {
  const { api } = useSession();
  const cache = useQueryCache();

  return {
    preview: (body: BulkRelation) => api.request<BulkPreview>('/bulk-changes/preview', { method: 'POST', body }),
    async start(body: BulkRelation): Promise<Job> {
      const job = await api.request<Job>('/bulk-changes', { method: 'POST', body });
      void cache.invalidateQueries({ key: ['jobs'] });
      return job;
    },
  };
}
