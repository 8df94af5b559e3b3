import { useQuery, useQueryCache, type UseQueryReturn } from '@pinia/colada';
import { computed, toValue, type ComputedRef, type MaybeRefOrGetter } from 'vue';
import type { BackendDescription, BackendKind, BackendList } from '../../../server/contract/backend.js';
import type { CustomerUserCreated, PasswordChanged } from '../../../server/contract/customer-user.js';
import type { Page } from '../../../server/contract/page.js';
import type { QueryValue } from '../api/api-client.js';
import { useSession } from '../session/session.js';
import { collectionOf, keyOf, type StoredRecord } from './record-kind.js';
import type { RecordBody } from './record-body.js';

/** One list page. Hits are offered in pages of this size; 1,000 are a lot to look through. */
export const pageSize = 50;

export type ListQuery = Record<'search' | 'backend' | 'customerId' | 'validity' | 'cursor', QueryValue>;

/** A created record, with the password that was generated for it, this once. */
export type Created = StoredRecord & Pick<CustomerUserCreated, 'generatedPassword'>;

/** The requests about records of one kind; what they change is dropped from the lists kept here. */
export function useRecordsApi(kind: BackendKind) {
  const { api } = useSession();
  const cache = useQueryCache();
  const collection = collectionOf[kind];
  const pathOf = (key: string): string => `/${collection}/${encodeURIComponent(key)}`;

  /** What is shown of it asks anew, behind the answer that is there already. */
  function forget(): void {
    void cache.invalidateQueries({ key: [collection] });
  }

  return {
    /** With `backendId` what this backend holds, even where an earlier one owns the key. */
    find: (key: string, signal?: AbortSignal, backendId: string | null = null) =>
      api.request<StoredRecord>(pathOf(key), { query: { backend: backendId }, ...(signal === undefined ? {} : { signal }) }),
    page: (query: Partial<ListQuery> & { limit?: number }, signal?: AbortSignal) =>
      api.request<Page<StoredRecord>>(`/${collection}`, { query, ...(signal === undefined ? {} : { signal }) }),
    async create(body: RecordBody): Promise<Created> {
      const created = await api.request<Created>(`/${collection}`, { method: 'POST', body });
      forget();
      return created;
    },
    async change(record: StoredRecord, body: RecordBody): Promise<StoredRecord> {
      const changed = await api.request<StoredRecord>(pathOf(keyOf(record)), {
        method: 'PATCH',
        body,
        ifMatch: record.version,
      });
      forget();
      return changed;
    },
    changePassword: (record: StoredRecord, password: string | null) =>
      api.request<PasswordChanged>(`${pathOf(keyOf(record))}/password`, {
        method: 'POST',
        body: password === null ? {} : { password },
        ifMatch: record.version,
      }),
  };
}

export interface Backends {
  readonly all: ComputedRef<readonly BackendDescription[]>;
  readonly writable: ComputedRef<readonly BackendDescription[]>;
  /** `null` until they are known. */
  readonly failure: ComputedRef<Error | null>;
  readonly areKnown: ComputedRef<boolean>;
  askAgain(): Promise<unknown>;
  byId(backendId: string): BackendDescription | undefined;
  titleOf(backendId: string): string;
}

export function useBackends(kind: BackendKind): Backends {
  const session = useSession();
  const query = useQuery({
    key: ['backends'],
    query: ({ signal }) => session.api.request<BackendList>('/backends', { signal }),
    staleTime: 5 * 60_000,
  });
  const every = computed(() => query.data.value?.items ?? []);
  const all = computed(() => every.value.filter((backend) => backend.kind === kind));

  return {
    all,
    writable: computed(() => (session.mayWrite ? all.value.filter((backend) => !backend.readOnly) : [])),
    failure: computed(() => query.error.value),
    areKnown: computed(() => query.data.value !== undefined),
    askAgain: () => query.refetch(),
    byId: (backendId) => all.value.find((backend) => backend.backendId === backendId),
    titleOf: (backendId) => every.value.find((backend) => backend.backendId === backendId)?.title ?? backendId,
  };
}

/** One page of a list. */
export function useRecordPage(
  kind: BackendKind,
  query: MaybeRefOrGetter<ListQuery>,
): UseQueryReturn<Page<StoredRecord>, Error, Page<StoredRecord> | undefined> {
  const records = useRecordsApi(kind);
  return useQuery({
    key: () => [collectionOf[kind], 'page', { ...toValue(query) }],
    query: ({ signal }) => records.page({ ...toValue(query), limit: pageSize }, signal),
    staleTime: 0,
  });
}
