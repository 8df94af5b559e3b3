import { onScopeDispose, shallowRef, type ShallowRef } from 'vue';
import { onBeforeRouteLeave, onBeforeRouteUpdate, type RouteParams } from 'vue-router';

export interface UnsavedWork {
  isDirty(): boolean;
  /** `true` when everything is stored. */
  save(): Promise<boolean>;
  /** Where the work is, as far as the address tells: one leaves it when this changes. The record, if nothing else is said. */
  placeOf?(params: RouteParams): string;
}

export type Decision = 'save' | 'discard' | 'stay';

/** Nobody leaves unsaved work without saying so: not by a link, not by the back button, not by closing the tab. */
export function useUnsavedGuard(work: UnsavedWork): {
  isAsking: Readonly<ShallowRef<boolean>>;
  decide(decision: Decision): Promise<void>;
} {
  const isAsking = shallowRef(false);
  let answer: (mayLeave: boolean) => void = () => undefined;

  function ask(): true | Promise<boolean> {
    if (!work.isDirty()) return true;
    isAsking.value = true;
    return new Promise((resolve) => {
      answer = resolve;
    });
  }

  async function decide(decision: Decision): Promise<void> {
    isAsking.value = false;
    answer(decision === 'discard' || (decision === 'save' && (await work.save())));
  }

  function warnBeforeUnload(event: BeforeUnloadEvent): void {
    if (work.isDirty()) event.preventDefault();
  }

  onBeforeRouteLeave(() => ask());
  const placeOf = work.placeOf ?? ((params: RouteParams) => String(params['key']));
  onBeforeRouteUpdate((to, from) => placeOf(to.params) === placeOf(from.params) || ask());
  window.addEventListener('beforeunload', warnBeforeUnload);
  onScopeDispose(() => window.removeEventListener('beforeunload', warnBeforeUnload));

  return { isAsking, decide };
}
