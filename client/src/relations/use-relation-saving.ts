import { useQueryCache } from '@pinia/colada';
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import type { Problem } from '../../../server/contract/problem.js';
import type { RelationPreview, RelationSaved } from '../../../server/contract/relation.js';
import { ApiFailure } from '../api/failures.js';
import { problemSentence, type Sentence } from '../records/problem-sentences.js';
import { useBackends } from '../records/records-api.js';
import { useSession } from '../session/session.js';
import { conflictsOf, resolveConflicts, type Choices, type RelationConflict } from './relation-conflict.js';
import { deltaOf, type Delta } from './relation-delta.js';
import { changesOf, noEdits, savedRow, type Edits } from './relation-edits.js';
import { noRefusedRows, refusedRows, type RefusedRow } from './relation-refusal.js';
import type { RelationRow } from './relation-row.js';
import type { RelationView } from './relation-view.js';
import { useDeltaText } from './use-delta-text.js';
import { useUndo } from './use-undo.js';

export interface RelationSaving {
  readonly isSaving: Ref<boolean>;
  readonly failure: ShallowRef<Sentence | null>;
  readonly refused: ShallowRef<readonly RefusedRow[]>;
  /** Boxes that somebody else changed meanwhile; empty: none, or they are decided. */
  readonly conflicts: ShallowRef<readonly RelationConflict[]>;
  /** `true` when everything chosen is stored, or there was nothing to store. */
  save(): Promise<boolean>;
  saveResolved(choices: Choices): Promise<boolean>;
  preview(): Promise<RelationPreview>;
}

/** Stores what was chosen and nothing else; what cannot be stored stays chosen. */
export function useRelationSaving(view: () => RelationView, edits: ShallowRef<Edits>, rows: ShallowRef<readonly RelationRow[]>): RelationSaving {
  const { api } = useSession();
  const cache = useQueryCache();
  const backends = useBackends('customer-user');
  const undo = useUndo();
  const { textOf } = useDeltaText();
  const isSaving = ref(false);
  const failure = shallowRef<Sentence | null>(null);
  const refused = shallowRef<readonly RefusedRow[]>(noRefusedRows);
  const conflicts = shallowRef<readonly RelationConflict[]>([]);

  async function save(): Promise<boolean> {
    if (isSaving.value) return false;
    if (edits.value.size === 0) return true;
    const saved = edits.value;
    const delta = deltaOf(saved);

    isSaving.value = true;
    failure.value = null;
    refused.value = noRefusedRows;
    try {
      const stored = await api.request<RelationSaved>(view().path, { method: 'PATCH', body: delta.body });
      undo.offerFor(stored, textOf('done', changesOf(saved)));
      rows.value = rows.value.map((row) => savedRow(saved, row));
      edits.value = noEdits;
      void cache.invalidateQueries({ key: ['relations'] });
      return true;
    } catch (error) {
      refuse(error, delta);
      return false;
    } finally {
      isSaving.value = false;
    }
  }

  function refuse(error: unknown, delta: Delta): void {
    const problem: Problem | null = error instanceof ApiFailure ? error.problem : null;
    if (problem?.code === 'relation.changed') conflicts.value = conflictsOf(delta, problem.issues);
    else if (problem !== null) refused.value = refusedRows(delta, problem.issues);
    if (conflicts.value.length === 0 && refused.value.length === 0) failure.value = problemSentence(error, (id) => backends.titleOf(id));
  }

  async function saveResolved(choices: Choices): Promise<boolean> {
    const resolved = resolveConflicts(edits.value, conflicts.value, choices);
    const byKey = new Map(resolved.rows.map((row) => [row.key, row]));
    rows.value = rows.value.map((row) => byKey.get(row.key) ?? row);
    edits.value = resolved.edits;
    conflicts.value = [];
    return save();
  }

  return {
    isSaving,
    failure,
    refused,
    conflicts,
    save,
    saveResolved,
    preview: () => api.request<RelationPreview>(view().path, { method: 'PATCH', query: { dryRun: 'true' }, body: deltaOf(edits.value).body }),
  };
}
