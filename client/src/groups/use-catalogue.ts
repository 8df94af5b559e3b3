import { computed, type ComputedRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import type { Count } from '../../../server/contract/page.js';
import { usePaged, type Paged } from '../relations/use-paged.js';
import { useSession } from '../session/session.js';

interface CataloguePage<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
  readonly count: Count;
  readonly isWritable: boolean;
}

export interface CatalogueQuery {
  readonly search: string;
  readonly validity: 'valid' | 'invalid' | 'all';
}

export const validities = ['valid', 'invalid', 'all'] as const;

export interface Catalogue<Item> extends Paged<CataloguePage<Item>, Item> {
  readonly query: ComputedRef<CatalogueQuery>;
  readonly isFiltered: ComputedRef<boolean>;
  filter(query: Partial<CatalogueQuery>): void;
  clear(): void;
}

/** Groups or services, searched by name; search and filter are the address. */
export function useCatalogue<Item>(path: '/groups' | '/services', limit: number): Catalogue<Item> {
  const route = useRoute();
  const router = useRouter();
  const { api } = useSession();
  const query = computed<CatalogueQuery>(() => ({
    search: typeof route.query['search'] === 'string' ? route.query['search'] : '',
    validity: validities.find((validity) => validity === route.query['validity']) ?? 'valid',
  }));
  const paged = usePaged<CataloguePage<Item>, Item>(
    (cursor, signal) => api.request<CataloguePage<Item>>(path, { query: { ...query.value, limit, cursor }, signal }),
    ({ items }) => items,
    () => [query.value.search, query.value.validity],
  );

  function go({ search, validity }: CatalogueQuery): void {
    void router.replace({ path, query: { ...(search === '' ? {} : { search }), ...(validity === 'valid' ? {} : { validity }) } });
  }

  return {
    ...paged,
    query,
    isFiltered: computed(() => query.value.search !== '' || query.value.validity !== 'valid'),
    filter: (change) => go({ ...query.value, ...change }),
    clear: () => go({ search: '', validity: 'valid' }),
  };
}
