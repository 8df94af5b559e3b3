/** What was picked last, for who goes back and forth between the same few. */
export interface Pick {
  readonly side: 'customer-users' | 'customers' | 'groups' | 'services';
  readonly key: string;
  readonly name: string;
}

const sides = ['customer-users', 'customers', 'groups', 'services'] as const;
const kept = 6;
const place = 'clientele.recent-picks';

/** Of this window only: who sits down at the same machine afterwards need not know. */
export function readPicks(storage: Storage): Pick[] {
  try {
    const stored: unknown = JSON.parse(storage.getItem(place) ?? '[]');
    return Array.isArray(stored) ? stored.flatMap(pickOf).slice(0, kept) : [];
  } catch {
    return [];
  }
}

export function withPick(picks: readonly Pick[], pick: Pick): Pick[] {
  return [pick, ...picks.filter(({ side, key }) => side !== pick.side || key !== pick.key)].slice(0, kept);
}

export function keepPicks(storage: Storage, picks: readonly Pick[]): void {
  try {
    storage.setItem(place, JSON.stringify(picks));
  } catch {
    // A full or closed storage costs a convenience.
  }
}

function pickOf(stored: unknown): Pick[] {
  if (typeof stored !== 'object' || stored === null) return [];
  const [side, key, name] = ['side', 'key', 'name'].map((part): unknown => Reflect.get(stored, part));
  const known = sides.find((one) => one === side);
  return known === undefined || typeof key !== 'string' || typeof name !== 'string' ? [] : [{ side: known, key, name }];
}
