import { useQuery } from '@pinia/colada';
import type { ExampleDataLoaded, FirstRun } from '../../../server/contract/embedded-host.js';
import { answerOf } from '../api/api-client.js';
import { useRecordsApi } from '../records/records-api.js';
import { askEmbeddedHost } from '../session/embedded-host-source.js';

/** Is there anything yet? In a helpdesk, where no embedded host answers, the lists themselves say so. */
export function useFirstRun() {
  const customers = useRecordsApi('customer');
  const customerUsers = useRecordsApi('customer-user');

  async function ask(): Promise<FirstRun> {
    const answer = await askEmbeddedHost('first-run', 'GET');
    if (answer.ok) return answerOf<FirstRun>(answer);

    const [anyCustomer, anyone] = await Promise.all(
      [customers, customerUsers].map((records) => records.page({ validity: 'all', limit: 1 })),
    );
    // A backend that does not answer is no empty one.
    const holds = (page: typeof anyone): boolean =>
      page === undefined || page.items.length > 0 || page.reports.some((report) => report.state !== 'ok');
    return { customers: holds(anyCustomer), customerUsers: holds(anyone), exampleDataOffered: false };
  }

  return useQuery({ key: ['first-run'], query: ask, staleTime: 0 });
}

export async function loadExampleData(): Promise<ExampleDataLoaded> {
  return answerOf<ExampleDataLoaded>(await askEmbeddedHost('example-data', 'POST'));
}
