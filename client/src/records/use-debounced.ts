import { onScopeDispose } from 'vue';

/** Runs once things have been quiet for `delay` milliseconds. */
export function useDebounced(action: () => void, delay: number): { run(): void; cancel(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const cancel = (): void => clearTimeout(timer);
  onScopeDispose(cancel);

  return {
    run() {
      cancel();
      timer = setTimeout(action, delay);
    },
    cancel,
  };
}
