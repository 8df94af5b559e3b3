import { useQuery, useQueryCache } from '@pinia/colada';
import { onScopeDispose } from 'vue';
import type {
  BackendCount,
  BackendDescription,
  BackendProbe,
  BackendStatus,
  BackendStatusList,
  ConfigurationFindings,
} from '../../../server/contract/backend.js';
import { ApiFailure } from '../api/failures.js';
import { useSession } from '../session/session.js';

/** Often enough to see a backend come back, seldom enough to be left open all day. In milliseconds. */
const statusInterval = 15_000;
const statusKey = ['backend-status'];

export function pathOfBackend(backendId: string): string {
  return `/backends/${encodeURIComponent(backendId)}`;
}

export function useBackendsApi() {
  const { api } = useSession();
  const cache = useQueryCache();

  /** What a backend was just asked changes how it is doing. */
  async function asked<Answer>(answer: Promise<Answer>): Promise<Answer> {
    try {
      return await answer;
    } finally {
      void cache.invalidateQueries({ key: statusKey });
    }
  }

  /** Asks a backend that is left alone, before its pause is over. */
  const retry = (backendId: string): Promise<BackendStatus> =>
    asked(api.request<BackendStatus>(`${pathOfBackend(backendId)}/retry`, { method: 'POST' }));

  return {
    /** Asks the backend that a refusal names, before whatever was refused is tried again: it may be left alone still. */
    async askFailed(failure: unknown): Promise<void> {
      const backendId = failure instanceof ApiFailure && failure.problem.code === 'backend.unavailable' ? failure.problem.backendId : undefined;
      if (backendId !== undefined) await retry(backendId).catch(() => null);
    },
    retry,
    probe: (backendId: string) => asked(api.request<BackendProbe>(`${pathOfBackend(backendId)}/probe`, { method: 'POST' })),
  };
}

/** How all backends are doing, kept fresh while somebody looks. Asking asks no backend anything. */
export function useBackendStatuses() {
  const { api } = useSession();
  const statuses = useQuery({
    key: statusKey,
    query: ({ signal }) => api.request<BackendStatusList>('/backends/status', { signal }),
    staleTime: 0,
  });
  const timer = setInterval(() => {
    if (document.visibilityState === 'visible') void statuses.refetch();
  }, statusInterval);
  onScopeDispose(() => clearInterval(timer));

  return {
    failure: statuses.error,
    isAsking: () => statuses.asyncStatus.value === 'loading',
    askAgain: () => statuses.refetch(),
    of: (backendId: string) => statuses.data.value?.items.find((status) => status.backendId === backendId),
  };
}

/** Counting is work for a backend: once in a while is enough. */
export function useBackendCount(backend: BackendDescription) {
  const { api } = useSession();
  return useQuery({
    key: ['backend-count', backend.backendId],
    query: ({ signal }) => api.request<BackendCount>(`${pathOfBackend(backend.backendId)}/count`, { signal }),
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });
}

export function useFindings() {
  const session = useSession();
  return useQuery({
    key: ['configuration-findings'],
    query: ({ signal }) => session.api.request<ConfigurationFindings>('/configuration/findings', { signal }),
    enabled: () => session.mayAdminister,
    staleTime: 60_000,
  });
}
