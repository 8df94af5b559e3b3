import { useQuery, type UseQueryReturn } from '@pinia/colada';
import type { PermissionSettings } from '../../../server/contract/grant.js';
import { useSession } from '../session/session.js';

/** How permissions are set up; it changes with the configuration only. */
export function usePermissionSettings(): UseQueryReturn<PermissionSettings> {
  const { api } = useSession();
  return useQuery({
    key: ['permission-settings'],
    query: ({ signal }) => api.request<PermissionSettings>('/permission-settings', { signal }),
    staleTime: 5 * 60_000,
  });
}
