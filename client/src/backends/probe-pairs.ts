import type { BackendProbe } from '../../../server/contract/backend.js';
import type { FieldDescription } from '../../../server/contract/field.js';

type ProbeRow = BackendProbe['rows'][number];

/** One value as it is stored and as the Map makes it; `field` is `null` where the Map does not name the column. */
export interface ProbePair {
  readonly storage: string;
  readonly stored: readonly string[];
  readonly field: FieldDescription | null;
  readonly mapped: string;
}

/** In the order of the Map, with what it leaves alone at the end. A Map may write an attribute in another case. */
export function probePairs({ raw, mapped }: ProbeRow, fields: readonly FieldDescription[]): ProbePair[] {
  const stored = new Map(Object.entries(raw).map(([storage, values]) => [storage.toLowerCase(), { storage, values }]));
  const named = fields
    .filter(({ variable, storage }) => variable in mapped || stored.has(storage.toLowerCase()))
    .map((field) => ({
      storage: field.storage,
      stored: stored.get(field.storage.toLowerCase())?.values ?? [],
      field,
      mapped: String(mapped[field.variable] ?? ''),
    }));
  const known = new Set(fields.map(({ storage }) => storage.toLowerCase()));
  const others = [...stored.entries()]
    .filter(([name]) => !known.has(name))
    .map(([, { storage, values }]) => ({ storage, stored: values, field: null, mapped: '' }));
  return [...named, ...others];
}
