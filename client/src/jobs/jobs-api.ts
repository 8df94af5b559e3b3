import { useQuery, useQueryCache } from '@pinia/colada';
import { onScopeDispose, toValue, type MaybeRefOrGetter } from 'vue';
import type { Job, JobEntry, JobEntryPage, JobPage } from '../../../server/contract/job.js';
import { useSession } from '../session/session.js';

/** How often a job that goes on is looked at, in milliseconds; a screen reader hears of it every second time. */
const lookEveryMs = 2_000;

export type JobAction = 'cancel' | 'undo';

export function useJobsApi() {
  const { api } = useSession();
  const cache = useQueryCache();
  const pathOf = (jobId: string): string => `/jobs/${encodeURIComponent(jobId)}`;

  return {
    page: (cursor: string | null, signal?: AbortSignal) => api.request<JobPage>('/jobs', { query: { cursor, limit: 50 }, ...(signal === undefined ? {} : { signal }) }),
    find: (jobId: string, signal?: AbortSignal) => api.request<Job>(pathOf(jobId), signal === undefined ? {} : { signal }),
    entries: (jobId: string, state: JobEntry['state'], cursor: string | null) =>
      api.request<JobEntryPage>(`${pathOf(jobId)}/entries`, { query: { state, cursor, limit: 100 } }),
    async act(jobId: string, action: JobAction): Promise<Job> {
      const job = await api.request<Job>(`${pathOf(jobId)}/${action}`, { method: 'POST', body: {} });
      void cache.invalidateQueries({ key: ['jobs'] });
      return job;
    },
  };
}

export function isGoingOn({ finishedAt }: Job): boolean {
  return finishedAt === null;
}

/** One job, looked at again and again until it has ended. */
export function useJob(jobId: MaybeRefOrGetter<string>) {
  const jobs = useJobsApi();
  const found = useQuery({
    key: () => ['jobs', 'one', toValue(jobId)],
    query: ({ signal }) => jobs.find(toValue(jobId), signal),
    staleTime: 0,
  });
  useLooking(found.refetch, () => found.data.value === undefined || isGoingOn(found.data.value));
  return found;
}

/** Looks again while it is wanted and the page is seen; never twice at the same time. */
export function useLooking(look: () => Promise<unknown>, isWanted: () => boolean): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = (): void => {
    timer = setTimeout(() => {
      const isSeen = document.visibilityState === 'visible';
      void (isWanted() && isSeen ? look().catch(() => null) : Promise.resolve()).then(wait);
    }, lookEveryMs);
  };
  wait();
  onScopeDispose(() => clearTimeout(timer));
}
