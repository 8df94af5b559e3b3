import type { Issue } from '../../../server/contract/problem.js';
import type { Sentence } from '../records/problem-sentences.js';
import { changeAt, type Delta } from './relation-delta.js';
import type { RelationRow } from './relation-row.js';

/** A row whose change the server did not accept, and why; without a row it is about whose relations they are. */
export interface RefusedRow {
  readonly row: RelationRow | null;
  readonly sentence: Sentence;
}

export const noRefusedRows: readonly RefusedRow[] = [];

/** The reasons there is a sentence for; any other is "not accepted". */
export const refusalCodes = ['invalid', 'too-long', 'unknown'] as const;

export function refusedRows(delta: Delta, issues: readonly Issue[]): RefusedRow[] {
  return issues.map(({ path, code, params = {} }) => {
    const row = changeAt(delta, path)?.row ?? null;
    const reason = refusalCodes.find((known) => known === code) ?? 'other';
    return { row, sentence: { key: `relations.refused.${row === null ? 'self' : 'row'}.${reason}`, params } };
  });
}
