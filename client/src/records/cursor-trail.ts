/** Where one is in a list that only knows "next": the cursor of this page and those of the pages before it. */
export interface ListPlace {
  readonly cursor: string | null;
  readonly trail: readonly (string | null)[];
}

export const firstPage: ListPlace = { cursor: null, trail: [] };

export function placeAfter(place: ListPlace, nextCursor: string): ListPlace {
  return { cursor: nextCursor, trail: [...place.trail, place.cursor] };
}

/** Without a trail (an address that was sent to somebody) the way back is the first page. */
export function placeBefore(place: ListPlace): ListPlace {
  return { cursor: place.trail.at(-1) ?? null, trail: place.trail.slice(0, -1) };
}

/** The number of the page's first row from 1, or `null` when it cannot be known. */
export function firstRowNumber(place: ListPlace, pageSize: number): number | null {
  if (place.cursor !== null && place.trail.length === 0) return null;
  return place.trail.length * pageSize + 1;
}

/** Reads what an earlier visit left in the browser's history; anything else is no trail. */
export function trailOf(historyState: unknown): (string | null)[] {
  if (typeof historyState !== 'object' || historyState === null || !('trail' in historyState)) return [];
  const { trail } = historyState;
  const isTrail = Array.isArray(trail) && trail.every((cursor) => cursor === null || typeof cursor === 'string');
  return isTrail ? trail : [];
}
