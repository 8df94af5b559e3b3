import type { BackendReport, Count } from '../../../server/contract/page.js';
import type { ApiClient, QueryValue } from '../api/api-client.js';
import type { Cell, EndKind, RelationRow } from './relation-row.js';

/** What a page lists: `assigned` and its wider kin (`members`, `effective`) what is related, `all` what could be. */
export type Show = 'assigned' | 'members' | 'effective' | 'all';

export interface RelationPage {
  readonly rows: readonly RelationRow[];
  readonly nextCursor: string | null;
  readonly count: Count;
  readonly assigned: Count;
  readonly reports: readonly BackendReport[];
  readonly searchError: { readonly code: string; readonly position: number } | null;
}

export interface RelationRequest {
  readonly search: string;
  readonly show: Show;
  readonly limit: number;
  readonly cursor: string | null;
}

/** One direction of one relation: everything the panel needs to know of it. */
export interface RelationView {
  /** Which texts it has, and which of the others it is. */
  readonly name: ViewName;
  /** Its place in the API. */
  readonly path: string;
  readonly endKind: EndKind;
  readonly shows: readonly Show[];
  readonly cells: readonly Cell[];
  /** Whether rows may have something to say beside their boxes. */
  readonly hasBeside: boolean;
  page(api: ApiClient, request: RelationRequest, signal?: AbortSignal): Promise<RelationPage>;
}

export const viewNames = [
  'customers-of-person',
  'people-of-customer',
  'groups-of-person',
  'people-of-group',
  'groups-of-customer',
  'customers-of-group',
  'services-of-person',
  'people-of-service',
  'default-services',
] as const;
export type ViewName = (typeof viewNames)[number];

/** A page as the API answers it, whatever its items are. */
interface AnsweredPage<Item> extends Omit<RelationPage, 'rows'> {
  readonly items: readonly Item[];
}

export function viewOf<Item>(described: Omit<RelationView, 'page'>, rowOf: (item: Item) => RelationRow): RelationView {
  return {
    ...described,
    async page(api, request, signal) {
      const query: Record<string, QueryValue> = { ...request };
      const { items, ...answered } = await api.request<AnsweredPage<Item>>(described.path, { query, ...(signal === undefined ? {} : { signal }) });
      return { ...answered, rows: items.map(rowOf) };
    },
  };
}
