import type { ListQuery, Page } from '../../contract/page.js';
import type { DirectoryPage, DirectoryQuery, ListedRecord } from '../backends/index.js';

/** What a list's query asks of a directory. */
export function toDirectoryQuery(query: ListQuery & { customerId?: string | undefined; email?: string | undefined }): DirectoryQuery {
  return {
    search: query.search ?? null,
    backendId: query.backend ?? null,
    customerId: query.customerId ?? null,
    email: query.email ?? null,
    validity: query.validity,
    limit: query.limit ?? null,
    cursor: query.cursor ?? null,
  };
}

export function toPage<Item>(page: DirectoryPage, toItem: (listed: ListedRecord) => Item): Page<Item> {
  return { ...page, items: page.items.map(toItem), reports: [...page.reports] };
}
