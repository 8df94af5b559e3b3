import { watch } from 'vue';
import type { EffectivePermissions } from '../../../server/contract/grant.js';
import { usePaged, type Paged } from '../relations/use-paged.js';
import { useUndo } from '../relations/use-undo.js';
import { useSession } from '../session/session.js';

/** A person's effective permissions, the groups page by page. */
export function useEffectivePermissions(login: () => string, search: () => string, limit: number): Paged<EffectivePermissions, EffectivePermissions['groups'][number]> {
  const { api } = useSession();
  const undo = useUndo();
  const paged = usePaged<EffectivePermissions, EffectivePermissions['groups'][number]>(
    (cursor, signal) =>
      api.request<EffectivePermissions>(`/customer-users/${encodeURIComponent(login())}/effective-permissions`, {
        query: { search: search(), limit, cursor },
        signal,
      }),
    ({ groups }) => groups,
    () => [login(), search()],
  );
  watch(() => undo.undoneCount, paged.reload);
  return paged;
}
