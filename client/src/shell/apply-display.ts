import { watchEffect } from 'vue';
import { useSession } from '../session/session.js';
import { usePreferences } from './preferences.js';

/** Theme and density onto the root element: the choice first, then the host's skin, then the system. */
export function applyDisplay(): void {
  const store = usePreferences();
  const session = useSession();
  const systemIsDark = window.matchMedia('(prefers-color-scheme: dark)');

  function apply(): void {
    const { theme, density } = store.preferences;
    const chosen = theme === 'system' ? session.description?.display.skin : theme;
    const isDark = chosen === undefined || chosen === null ? systemIsDark.matches : chosen === 'dark';
    const root = document.documentElement;
    root.classList.toggle('dark', isDark);
    root.classList.toggle('light', !isDark);
    root.dataset['density'] = density;
  }

  watchEffect(apply);
  systemIsDark.addEventListener('change', apply);
}
