import type { BackendReport } from '../../contract/page.js';
import type { End } from './ends.js';
import { reportsOf } from './told-cells.js';

/** A part of a list, in its own order: what is related first, then the rest. */
export interface Phase {
  /** Up to `limit` ends behind `position` (`null`: from its start). It may bring fewer, and still have more. */
  read(position: string | null, limit: number): Promise<PhasePage>;
}

export interface PhasePage {
  readonly ends: readonly End[];
  /** Where it goes on; `null`: it is at its end. */
  readonly next: string | null;
  readonly reports: readonly BackendReport[];
}

export interface Collected {
  readonly ends: readonly End[];
  readonly next: { readonly phase: number; readonly position: string | null } | null;
  readonly reports: readonly BackendReport[];
}

/** Questions for one page, most of which may find nothing: then the page is short, and has a next one. */
const mostRounds = 12;

export async function collectPhases(
  phases: readonly Phase[],
  start: { readonly phase: number; readonly position: string | null },
  limit: number,
): Promise<Collected> {
  const ends: End[] = [];
  const reports: (readonly BackendReport[])[] = [];
  let { phase, position } = start;
  for (let round = 0; round < mostRounds && ends.length < limit; round++) {
    const current = phases[phase];
    if (current === undefined) break;
    const page = await current.read(position, limit - ends.length);
    ends.push(...page.ends);
    reports.push(page.reports);
    position = page.next;
    if (position === null) phase += 1;
  }
  return { ends, next: phase < phases.length ? { phase, position } : null, reports: reportsOf(...reports) };
}
