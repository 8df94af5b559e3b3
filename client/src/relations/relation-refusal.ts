import type { Issue } from '../../../server/contract/problem.js';
import type { Sentence } from '../records/problem-sentences.js';
import { placeOf, type Delta } from './relation-delta.js';
import type { RelationRow } from './relation-row.js';

/** A row whose change the server did not accept, and why. */
export interface RefusedRow {
  readonly row: RelationRow;
  readonly sentence: Sentence;
}

export const noRefusedRows: readonly RefusedRow[] = [];

/** The reasons there is a sentence for; any other is "not accepted". */
export const refusalCodes = ['invalid', 'too-long', 'unknown'] as const;

export function refusedRows(delta: Delta, issues: readonly Issue[]): RefusedRow[] {
  return issues.flatMap((issue) => {
    const row = placeOf(delta, issue.path)?.row;
    if (row === undefined) return [];
    const code = refusalCodes.find((known) => known === issue.code) ?? 'other';
    return [{ row, sentence: { key: `relations.refused.${code}`, params: issue.params ?? {} } }];
  });
}
