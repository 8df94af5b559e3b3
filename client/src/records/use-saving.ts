import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import type { BackendDescription, BackendKind } from '../../../server/contract/backend.js';
import { ApiFailure } from '../api/failures.js';
import { announce } from '../shell/use-announcer.js';
import { resolveConflict, type Choices, type ConflictRow } from './conflict.js';
import { editableFields } from './editable-fields.js';
import { isRefused, noRefusal, placeRefusal, refuseLocally, type Refusal } from './problem-sentences.js';
import { patchBody, type RecordBody } from './record-body.js';
import { keyOf, type StoredRecord } from './record-kind.js';
import { useBackends, useRecordsApi } from './records-api.js';
import type { Draft } from './use-draft.js';

export interface Saving {
  readonly isSaving: Ref<boolean>;
  readonly isSaved: Ref<boolean>;
  readonly refusal: ShallowRef<Refusal>;
  /** What is stored now, when somebody else was faster. */
  readonly conflict: ShallowRef<StoredRecord | null>;
  /** `true` when the draft is stored, or there was nothing to store. */
  save(): Promise<boolean>;
  saveResolved(rows: readonly ConflictRow[], choices: Choices): Promise<boolean>;
}

/** Stores the edits of a draft and nothing else, from the version they were made on. */
export function useSaving(
  kind: BackendKind,
  draft: Draft,
  backend: () => BackendDescription | undefined,
  /** What is said along with the edits and is none. */
  besides: () => RecordBody = () => ({}),
): Saving {
  const { t } = useI18n();
  const records = useRecordsApi(kind);
  const backends = useBackends(kind);
  const isSaving = ref(false);
  const isSaved = ref(false);
  const refusal = shallowRef<Refusal>(noRefusal);
  const conflict = shallowRef<StoredRecord | null>(null);

  async function save(): Promise<boolean> {
    const base = draft.base.value;
    const now = backend();
    if (base === null || now === undefined || isSaving.value) return false;
    if (!draft.isDirty.value) return true;

    const fields = editableFields(kind, now, false);
    refusal.value = refuseLocally(fields.filter((field) => draft.isChanged(field)), (field) => draft.value(field));
    if (isRefused(refusal.value)) return false;

    isSaving.value = true;
    try {
      draft.rebase(await records.change(base, { ...patchBody(now.fields, draft.edits.value), ...besides() }));
      isSaved.value = true;
      announce(t('records.form.saved'));
      return true;
    } catch (failure) {
      if (isStale(failure)) conflict.value = await storedNow(failure, base);
      else refusal.value = placeRefusal(failure, fields, (id) => backends.titleOf(id));
      return false;
    } finally {
      isSaving.value = false;
    }
  }

  /** The refusal brings the record along; where it does not, it is asked for. */
  async function storedNow(failure: ApiFailure, base: StoredRecord): Promise<StoredRecord> {
    const { current } = failure.problem;
    return isRecord(current) ? current : records.find(keyOf(base));
  }

  async function saveResolved(rows: readonly ConflictRow[], choices: Choices): Promise<boolean> {
    if (conflict.value === null) return false;
    draft.rebase(conflict.value, resolveConflict(draft.edits.value, rows, choices));
    conflict.value = null;
    return save();
  }

  return { isSaving, isSaved, refusal, conflict, save, saveResolved };
}

function isStale(failure: unknown): failure is ApiFailure {
  return failure instanceof ApiFailure && failure.problem.code === 'version.stale';
}

function isRecord(current: unknown): current is StoredRecord {
  return typeof current === 'object' && current !== null && 'version' in current && 'fields' in current;
}
