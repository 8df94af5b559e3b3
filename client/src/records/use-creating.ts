import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import type { BackendDescription, BackendKind } from '../../../server/contract/backend.js';
import type { FieldDescription } from '../../../server/contract/field.js';
import { useBackendsApi } from '../backends/backends-api.js';
import { editableFields } from './editable-fields.js';
import { isRefused, noRefusal, placeRefusal, refuseLocally, type Refusal } from './problem-sentences.js';
import { createBody } from './record-body.js';
import { useBackends, useRecordsApi, type Backends, type Created } from './records-api.js';
import { useDraft, type Draft } from './use-draft.js';

export interface Creating {
  readonly backends: Backends;
  readonly backendId: Ref<string>;
  readonly backend: ComputedRef<BackendDescription | undefined>;
  readonly draft: Draft;
  /** `null`: one is generated. */
  readonly password: Ref<string | null>;
  readonly isSaving: Ref<boolean>;
  readonly refusal: ShallowRef<Refusal>;
  create(): Promise<Created | null>;
}

/** A record in the making: its backend, what was typed, and what the server thinks of it. */
export function useCreating(kind: BackendKind, customerId: string): Creating {
  const records = useRecordsApi(kind);
  const backends = useBackends(kind);
  const draft = useDraft(null);
  const backendId = ref('');
  const password = ref<string | null>(null);
  const isSaving = ref(false);
  const refusal = shallowRef<Refusal>(noRefusal);
  const attempts = useBackendsApi();
  let lastFailure: unknown = null;
  const backend = computed(
    () => backends.writable.value.find((one) => one.backendId === backendId.value) ?? backends.writable.value[0],
  );

  /** Another backend may lack fields of the first one: their values are kept, and sent only where they belong. */
  watch(
    backend,
    (now, before) => {
      backendId.value = now?.backendId ?? '';
      const field = now?.fields.find((one) => one.property === 'customerId');
      if (before === undefined && field !== undefined) draft.begin(customerId === '' ? {} : { [field.variable]: customerId });
    },
    { immediate: true },
  );

  function isAsked(field: FieldDescription): boolean {
    return !(field.property === 'login' && backend.value?.createsLogins === true);
  }

  async function create(): Promise<Created | null> {
    const into = backend.value;
    if (into === undefined || isSaving.value) return null;
    const fields = editableFields(kind, into, true);
    const asked = fields.map((field) => ({ ...field, required: field.required && isAsked(field) }));
    const ownPassword = into.fields.filter((field) => field.property === 'password' && password.value !== null);
    refusal.value = refuseLocally([...asked, ...ownPassword.map((field) => ({ ...field, required: true }))], (field) =>
      field.property === 'password' ? password.value : draft.value(field),
    );
    if (isRefused(refusal.value)) return null;

    isSaving.value = true;
    try {
      await attempts.askFailed(lastFailure);
      const body = createBody(into, draft.edits.value);
      return await records.create(password.value === null ? body : { ...body, password: password.value });
    } catch (failure) {
      lastFailure = failure;
      refusal.value = placeRefusal(failure, into.fields, (id) => backends.titleOf(id));
      return null;
    } finally {
      isSaving.value = false;
    }
  }

  return { backends, backendId, backend, draft, password, isSaving, refusal, create };
}
