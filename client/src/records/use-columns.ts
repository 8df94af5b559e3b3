import { computed, type ComputedRef } from 'vue';
import type { BackendDescription, BackendKind } from '../../../server/contract/backend.js';
import type { FieldDescription } from '../../../server/contract/field.js';
import { usePreferences } from '../shell/preferences.js';
import { furtherColumns, shownColumns } from './list-columns.js';

export interface Columns {
  readonly offered: ComputedRef<readonly FieldDescription[]>;
  readonly shown: ComputedRef<readonly FieldDescription[]>;
  toggle(field: FieldDescription): void;
}

/** The columns beyond the fixed ones, and what the agent chose among them. */
export function useColumns(kind: BackendKind, backends: ComputedRef<readonly BackendDescription[]>): Columns {
  const store = usePreferences();
  const offered = computed(() => furtherColumns(kind, backends.value));
  const shown = computed(() => shownColumns(offered.value, store.preferences.columns[kind]));

  return {
    offered,
    shown,
    toggle(field) {
      const variables = shown.value.map(({ variable }) => variable);
      const isShown = variables.includes(field.variable);
      store.preferences.columns[kind] = isShown
        ? variables.filter((variable) => variable !== field.variable)
        : [...variables, field.variable];
    },
  };
}
