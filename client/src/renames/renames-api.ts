import { useQueryCache } from '@pinia/colada';
import type { BackendKind } from '../../../server/contract/backend.js';
import type { Renamed, RenamePreview } from '../../../server/contract/job.js';
import { collectionOf, keyOf, type StoredRecord } from '../records/record-kind.js';
import { useSession } from '../session/session.js';

export interface Rename {
  readonly record: StoredRecord;
  readonly to: string;
  readonly movesTickets: boolean;
}

export function useRenamesApi(kind: BackendKind) {
  const { api } = useSession();
  const cache = useQueryCache();

  function ask<Answer>({ record, to, movesTickets }: Rename, isDryRun: boolean): Promise<Answer> {
    return api.request<Answer>(`/${collectionOf[kind]}/${encodeURIComponent(keyOf(record))}/rename`, {
      method: 'POST',
      query: { dryRun: isDryRun ? 'true' : null },
      body: { [kind === 'customer-user' ? 'login' : 'customerId']: to, moveTickets: movesTickets },
      ifMatch: record.version,
    });
  }

  return {
    preview: (rename: Rename) => ask<RenamePreview>(rename, true),
    async rename(rename: Rename): Promise<Renamed> {
      const renamed = await ask<Renamed>(rename, false);
      // The page of the old name is still shown: what it showed is not asked for again, what comes next is.
      await cache.invalidateQueries({}, false);
      return renamed;
    },
  };
}
