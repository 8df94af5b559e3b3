import { z } from 'zod';

/**
 * What one backend contributed to an answer.
 * `ok`: all it holds; `truncated`: more matches than its list limit, the rest is reached by paging;
 * `needs-search`: it lists nothing without a search text; `failed`: unreachable since `since`.
 */
export const BackendReport = z
  .object({
    backendId: z.string(),
    title: z.string(),
    state: z.enum(['ok', 'truncated', 'needs-search', 'failed']),
    since: z.iso.datetime().nullable(),
    /** With `truncated`: the configured list limit. With `needs-search`: the shortest text it accepts. */
    limit: z.number().int().nullable(),
  })
  .meta({ id: 'BackendReport' });
export type BackendReport = z.infer<typeof BackendReport>;

/** Exact up to the cap; `capped` says that there are more. */
export const Count = z.object({ value: z.number().int(), capped: z.boolean() }).meta({ id: 'Count' });
export type Count = z.infer<typeof Count>;

/**
 * One page of a list. `nextCursor` is opaque and belongs to this very query.
 * `searchError` is set when the search text has a syntax error: the page is then empty, never wider than meant.
 */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    nextCursor: z.string().nullable(),
    count: Count,
    reports: z.array(BackendReport),
    searchError: z.object({ code: z.string(), position: z.number().int() }).nullable(),
  });
export type Page<Item> = {
  items: Item[];
  nextCursor: string | null;
  count: Count;
  reports: BackendReport[];
  searchError: { code: string; position: number } | null;
};

export const maximumPageSize = 1000;
/** Hits offered when neither the request nor the backend's configuration says how many. */
export const defaultPageSize = 1000;

export const ListQuery = z.object({
  search: z.string().max(500).optional(),
  backend: z.string().max(50).optional(),
  validity: z.enum(['valid', 'invalid', 'all']).default('valid'),
  limit: z.coerce.number().int().min(1).max(maximumPageSize).optional(),
  cursor: z.string().max(4000).optional(),
});
export type ListQuery = z.infer<typeof ListQuery>;

/** With one record: as this backend has it, though an earlier one may own its key. Without: the owner's. */
export const TwinQuery = z.object({ backend: z.string().max(50).optional() });
export type TwinQuery = z.infer<typeof TwinQuery>;
