import { watch } from 'vue';
import { bestLocale, type AppLocale } from '../locales/app-locale.js';
import { showIn } from '../locales/i18n.js';
import { usePreferences } from '../shell/preferences.js';

const texts = import.meta.glob<object>('../locales/*/embedded-host.json', { import: 'default' });

/** As the person chose, else as the browser says; and again at every choice. */
export async function showDoorInChosenLanguage(): Promise<void> {
  const { preferences } = usePreferences();
  const chosen = (): AppLocale => bestLocale([preferences.locale, ...navigator.languages]);
  watch(chosen, (locale) => void showDoorIn(locale));
  await showDoorIn(chosen());
}

async function showDoorIn(locale: AppLocale): Promise<void> {
  await showIn(locale, await texts[`../locales/${locale}/embedded-host.json`]?.());
}
