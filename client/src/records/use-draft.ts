import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue';
import type { FieldDescription, FieldValue } from '../../../server/contract/field.js';
import { isSameValue, storedValue, type StoredRecord } from './record-kind.js';
import type { Edits } from './record-body.js';

export interface Draft {
  /** The record the edits were made on; `null` while a new one is being written. */
  readonly base: Readonly<ShallowRef<StoredRecord | null>>;
  readonly edits: Readonly<ShallowRef<Edits>>;
  readonly isDirty: ComputedRef<boolean>;
  readonly changeCount: ComputedRef<number>;
  value(field: FieldDescription): FieldValue;
  isChanged(field: FieldDescription): boolean;
  change(field: FieldDescription, value: FieldValue): void;
  /** Begins a new record with values that are given beforehand; they count as no change. */
  begin(prefilled: Edits): void;
  /** Puts the edits on another state of the record; without edits, on the record as it is. */
  rebase(record: StoredRecord, edits?: Edits): void;
  discard(): void;
}

/** A draft is a record plus sparse edits; an edit back to what is stored is no edit. */
export function useDraft(record: StoredRecord | null): Draft {
  const base = shallowRef(record);
  const edits = shallowRef<Edits>({});
  const prefilled = shallowRef<Edits>({});
  const changeCount = computed(() => Object.keys(edits.value).length);

  const stored = (field: FieldDescription): FieldValue =>
    base.value === null ? (field.kind === 'validity' ? 'valid' : '') : storedValue(base.value, field);

  return {
    base,
    edits,
    changeCount,
    isDirty: computed(() => isDifferent(edits.value, prefilled.value)),
    value(field) {
      const edited = edits.value[field.variable];
      return edited === undefined ? stored(field) : edited;
    },
    isChanged: (field) => edits.value[field.variable] !== undefined,
    change(field, value) {
      const { [field.variable]: before, ...others } = edits.value;
      const isStored = base.value !== null && isSameValue(value, stored(field));
      edits.value = isStored ? others : { ...others, [field.variable]: value };
    },
    begin(values) {
      base.value = null;
      prefilled.value = values;
      edits.value = values;
    },
    rebase(newBase, newEdits = {}) {
      prefilled.value = {};
      base.value = newBase;
      edits.value = newEdits;
    },
    discard() {
      edits.value = prefilled.value;
    },
  };
}

function isDifferent(edits: Edits, from: Edits): boolean {
  const variables = new Set([...Object.keys(edits), ...Object.keys(from)]);
  return [...variables].some((variable) => !isSameValue(edits[variable], from[variable]));
}
