import type { ComputedRef, Ref } from 'vue';

export interface PickerOption {
  readonly value: string;
  /** For people to read. */
  readonly label: string;
  /** What programs know it by, where that says something to people as well. */
  readonly code: string;
}

/** What a picker asks for while it is open, and how it calls what is chosen. */
export interface PickerSearch {
  readonly isOpen: Ref<boolean>;
  readonly typed: Ref<string>;
  readonly options: ComputedRef<readonly PickerOption[]>;
  readonly isSearching: ComputedRef<boolean>;
  readonly hasFailed: ComputedRef<boolean>;
  readonly hasMore: ComputedRef<boolean>;
  readonly chosenText: ComputedRef<string>;
}
