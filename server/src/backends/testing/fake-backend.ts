import type { Validity } from '../../../contract/validity.js';
import { foldKey, type Backend, type BackendTraits, type RecordPage, type RecordQuery, type StoredRecord } from '../backend.js';

export interface FakeBackend extends Backend {
  /** Questions that came in, by the name of the method. */
  readonly asked: string[];
  /** From now on it fails, hangs, or answers again. */
  turn(state: 'ok' | 'failing' | 'hanging'): void;
}

/** A backend in memory: searches by the whole key or everything, in the order in which its people are given. */
export function aFakeBackend(
  id: string,
  people: readonly (string | { key: string; validity?: Validity })[],
  traits: Partial<BackendTraits> = {},
): FakeBackend {
  const records = people.map((person) => (typeof person === 'string' ? { key: person } : person)).map((person) => recordOf(id, person));
  const asked: string[] = [];
  let state: 'ok' | 'failing' | 'hanging' = 'ok';

  async function answer<T>(question: string, give: () => T): Promise<T> {
    asked.push(question);
    if (state === 'hanging') await new Promise(() => {});
    if (state === 'failing') throw new Error('connection refused');
    return give();
  }
  const matching = (query: RecordQuery) =>
    records.filter((record) => query.validity === 'all' || (record.validity === 'valid') === (query.validity === 'valid'));
  const pageOf = (query: RecordQuery, position: string | null, limit: number): RecordPage => {
    const all = matching(query);
    const start = position === null ? 0 : all.findIndex(({ key }) => key === position) + 1;
    const page = all.slice(start, start + limit);
    return { records: page, positions: page.map(({ key }) => key), hasMore: start + limit < all.length };
  };

  return {
    id,
    kind: 'customer-user',
    title: `Backend ${id}`,
    driver: 'fake',
    fields: { rows: [], roles: { key: 'UserLogin', email: null, customerId: null, name: null, password: null, validity: null } },
    traits: { canList: true, minimumSearchLength: 0, listLimit: 1000, isCountable: true, ...traits },
    settings: { customerSupport: false, uniqueEmail: false, loginPrefix: null, excludePrimaryCustomerId: false },
    writer: null,
    passwords: null,
    customerIds: null,
    asked,
    turn: (next) => {
      state = next;
    },
    search: (query, position, limit) => answer('search', () => pageOf(query, position, limit)),
    count: (query, cap) => answer('count', () => Math.min(matching(query).length, cap + 1)),
    find: (key) => answer('find', () => records.find((record) => foldKey(record.key) === foldKey(key)) ?? null),
    findMany: (keys) =>
      answer('findMany', () => {
        const wanted = new Set(keys.map(foldKey));
        return new Map(records.filter(({ key }) => wanted.has(foldKey(key))).map((record) => [foldKey(record.key), record]));
      }),
    probe: () => answer('probe', () => {}),
    close: async () => {},
  };
}

function recordOf(backendId: string, { key, validity = 'valid' }: { key: string; validity?: Validity }): StoredRecord {
  return { backendId, key, validity, values: {}, name: key, version: 'v', created: null, changed: null };
}
