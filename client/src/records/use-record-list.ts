import { defineStore } from 'pinia';
import { computed, markRaw, ref, shallowRef, watch } from 'vue';
import { useRoute, useRouter, type LocationQuery, type RouteLocationRaw } from 'vue-router';
import type { BackendKind } from '../../../server/contract/backend.js';
import type { Page } from '../../../server/contract/page.js';
import { firstPage, firstRowNumber, placeAfter, placeBefore, trailOf, type ListPlace } from './cursor-trail.js';
import { collectionOf, type StoredRecord } from './record-kind.js';
import { pageSize, useRecordPage, type ListQuery } from './records-api.js';

export type Filter = 'search' | 'backend' | 'customerId' | 'validity';

/** Where each list was left, so that "back to the list" is the very place. */
export const useListPlaces = defineStore('list-places', () => {
  const places = ref<Partial<Record<BackendKind, { query: LocationQuery; trail: (string | null)[] }>>>({});

  return {
    remember(kind: BackendKind, query: LocationQuery, trail: readonly (string | null)[]): void {
      places.value[kind] = { query, trail: [...trail] };
    },
    placeOf(kind: BackendKind): RouteLocationRaw {
      const { query, trail } = places.value[kind] ?? { query: {}, trail: [] };
      // The browser's history clones what it keeps, which it cannot do with anything reactive: not even when a link made it so.
      return { path: `/${collectionOf[kind]}`, query, state: markRaw({ trail: [...trail] }) };
    },
  };
});

/** A list whose search, filters and page are the address; the way back through its pages is the browser's history. */
export function useRecordList(kind: BackendKind) {
  const route = useRoute();
  const router = useRouter();
  const places = useListPlaces();
  const listPath = `/${collectionOf[kind]}`;
  const query = ref<ListQuery>(queryOf(route.query));
  const place = ref<ListPlace>(placeOf(route.query));

  watch(
    () => [route.path, route.fullPath],
    ([path]) => {
      if (path !== listPath) return;
      query.value = queryOf(route.query);
      place.value = placeOf(route.query);
      places.remember(kind, route.query, place.value.trail);
    },
    { immediate: true },
  );

  /** A search that is typed on takes the place of the one before it: "back" leads past the whole search. */
  function show(filters: Partial<Record<Filter, string>>, at: ListPlace): void {
    const isTypedOn = Boolean(filters.search) && query.value.search !== '';
    const { cursor: _, ...now } = query.value;
    const entries = Object.entries({ ...now, ...filters, cursor: at.cursor ?? '' });
    const shown = entries.filter(([name, value]) => value !== '' && !(name === 'validity' && value === 'valid'));
    void router[isTypedOn ? 'replace' : 'push']({
      path: listPath,
      query: Object.fromEntries(shown.map(([name, value]) => [name, String(value)])),
      state: { trail: [...at.trail] },
    });
  }

  const asked = useRecordPage(kind, query);
  /** The last answer, and where in the list it is: it stays while the next one is on its way, and when none comes. */
  const answered = shallowRef<{ readonly page: Page<StoredRecord>; readonly place: ListPlace } | null>(null);
  const isCurrent = computed(() => asked.data.value !== undefined && asked.error.value === null);
  const nextCursor = computed(() => answered.value?.page.nextCursor ?? null);

  watch(
    () => asked.data.value,
    (page) => {
      if (page !== undefined) answered.value = { page, place: place.value };
    },
    { immediate: true },
  );

  /** The cursor of older rows leads on from where they are, which is not where one is. */
  function next(): void {
    if (!isCurrent.value) void asked.refetch();
    else if (nextCursor.value !== null) show({}, placeAfter(place.value, nextCursor.value));
  }

  return {
    query,
    page: computed(() => answered.value?.page ?? null),
    failure: computed(() => asked.error.value),
    isAsking: computed(() => asked.asyncStatus.value === 'loading'),
    isCurrent,
    askAgain: () => asked.refetch(),
    firstRow: computed(() => firstRowNumber(answered.value?.place ?? place.value, pageSize)),
    hasPrevious: computed(() => place.value.cursor !== null),
    hasNext: computed(() => nextCursor.value !== null),
    isFiltered: computed(
      () => `${query.value.search}${query.value.backend}${query.value.customerId}` !== '' || query.value.validity !== 'valid',
    ),
    filter: (filters: Partial<Record<Filter, string>>) => show(filters, firstPage),
    clear: () => show({ search: '', backend: '', customerId: '', validity: 'valid' }, firstPage),
    next,
    previous: () => show({}, placeBefore(place.value)),
  };
}

function queryOf(query: LocationQuery): ListQuery {
  return {
    search: textOf(query['search']),
    backend: textOf(query['backend']),
    customerId: textOf(query['customerId']),
    validity: ['valid', 'invalid', 'all'].find((validity) => validity === query['validity']) ?? 'valid',
    cursor: textOf(query['cursor']),
  };
}

function placeOf(query: LocationQuery): ListPlace {
  const cursor = textOf(query['cursor']);
  return cursor === '' ? firstPage : { cursor, trail: trailOf(window.history.state) };
}

function textOf(value: LocationQuery[string] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? '';
}
