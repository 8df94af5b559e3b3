import { useSession } from '../session/session.js';
import type { RelationRow } from './relation-row.js';
import type { RelationPage, RelationView, Show } from './relation-view.js';
import { usePaged, type Paged } from './use-paged.js';

/** Rows loaded at a time: more than a screen, few enough to be there at once. */
const rowsAtOnce = 50;

export interface RelationRows extends Paged<RelationPage, RelationRow> {
  /** Counts anew and leaves the rows where they are: after a save nothing jumps. */
  recount(): Promise<void>;
}

export function useRelationRows(view: () => RelationView, query: () => { search: string; show: Show }): RelationRows {
  const { api } = useSession();
  const paged = usePaged<RelationPage, RelationRow>(
    (cursor, signal) => view().page(api, { ...query(), limit: rowsAtOnce, cursor }, signal),
    ({ rows }) => rows,
    () => [view().path, query().search, query().show],
  );

  return {
    ...paged,
    async recount() {
      const now = await view().page(api, { ...query(), limit: 1, cursor: null }).catch(() => null);
      const { answer } = paged;
      if (now !== null && answer.value !== null) answer.value = { ...answer.value, count: now.count, assigned: now.assigned };
    },
  };
}
