import { onScopeDispose } from 'vue';
import { usePreferences } from './preferences.js';
import { shortcutOf, type Shortcut } from './shortcuts.js';

/** How long a `g` waits for its letter, in milliseconds. */
const goTime = 1500;

/** Runs an action for each of the shortcuts given, as long as the page that asked is shown. */
export function useShortcuts(actions: Partial<Record<Shortcut, () => void>>): void {
  const store = usePreferences();
  /** `performance.now()` begins at 0 with the page: 0 would make every key of its first moments the second of a pair. */
  let goneAt = -Infinity;

  function answer(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return;
    const isGoing = performance.now() - goneAt < goTime;
    const { key, ctrlKey, metaKey, altKey } = event;
    const press = { key, ctrlKey, metaKey, altKey, isTyping: belongsToField(event.target) };
    const shortcut = shortcutOf(press, { singleKeys: store.preferences.singleKeys, isGoing });

    goneAt = shortcut === 'go' ? performance.now() : -Infinity;
    const action = shortcut === null || shortcut === 'go' ? undefined : actions[shortcut];
    if (action === undefined) return;
    event.preventDefault();
    action();
  }

  window.addEventListener('keydown', answer);
  onScopeDispose(() => window.removeEventListener('keydown', answer));
}

function belongsToField(target: EventTarget | null): boolean {
  // A box is ticked with the space bar and by no letter.
  const own = 'input:not([type=checkbox]), textarea, select, [contenteditable], [role=listbox], [role=menu], [role=dialog]';
  return target instanceof Element && target.closest(own) !== null;
}
