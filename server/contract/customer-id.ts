import { z } from 'zod';
import { BackendReport } from './page.js';

/** The customer IDs that valid customer users carry, known as customers or not. `search`: part of the ID, in any case. */
export const CustomerIdQuery = z.object({
  search: z.string().max(150).default(''),
  limit: z.coerce.number().int().min(1).max(200).default(20),
});
export type CustomerIdQuery = z.infer<typeof CustomerIdQuery>;

/** Each once in any case, in order; `truncated` in a report where a backend has more. */
export const CustomerIdList = z.object({ items: z.array(z.string()), reports: z.array(BackendReport) }).meta({ id: 'CustomerIdList' });
export type CustomerIdList = z.infer<typeof CustomerIdList>;
