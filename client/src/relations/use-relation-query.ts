import { computed, type ComputedRef } from 'vue';
import { useRoute, useRouter, type LocationQuery } from 'vue-router';
import type { RelationView, Show } from './relation-view.js';

/** Search and switch of a relation are in the address: a link leads to the very rows that are meant. */
export function useRelationQuery(view: () => RelationView): {
  query: ComputedRef<{ search: string; show: Show }>;
  search(text: string): void;
  show(what: Show): void;
} {
  const route = useRoute();
  const router = useRouter();
  const query = computed(() => ({ search: textOf(route.query['search']), show: showOf(view(), route.query) }));

  function go(search: string, show: Show): void {
    void router.replace({ query: { ...(search === '' ? {} : { search }), show } });
  }

  return {
    query,
    search: (text) => go(text, query.value.show),
    show: (what) => go(query.value.search, what),
  };
}

/** Whoever searches without saying where means all there is. */
function showOf({ shows }: RelationView, query: LocationQuery): Show {
  const usual = textOf(query['search']) === '' ? shows[0] : shows.at(-1);
  return shows.find((show) => show === textOf(query['show'])) ?? usual ?? 'all';
}

function textOf(value: LocationQuery[string] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? '';
}
