import type { Locale as KitLocale, Messages as KitMessages } from '@nuxt/ui';
import { shallowRef } from 'vue';
import { createI18n } from 'vue-i18n';
import type { AppLocale } from './app-locale.js';

type Texts = Record<string, object>;

const texts = import.meta.glob<Texts>(['./*/*.json', '!./*/embedded-host.json'], { import: 'default' });
const kitTexts = import.meta.glob<KitLocale<KitMessages>>(
  '../../../node_modules/@nuxt/ui/dist/runtime/locale/{en,de,es,fr,it,nl,pt}.js',
  { import: 'default' },
);

/** The texts were compiled when the pages were built: nothing is evaluated at run time. */
export const i18n = createI18n({ legacy: false, locale: 'en', messages: {} });

/** The kit's own few texts ("Close") in the same language. */
export const kitLocale = shallowRef<KitLocale<KitMessages>>();

/** Loads the texts of one language, and of no other, before it is shown; `own` are those of other pages than the plugin's. */
export async function showIn(locale: AppLocale, own: object = {}): Promise<void> {
  const wanted = Object.entries(texts).filter(([path]) => path.startsWith(`./${locale}/`));
  const [parts, kit] = await Promise.all([
    Promise.all(wanted.map(([, load]) => load())),
    Object.entries(kitTexts).find(([path]) => path.endsWith(`/${locale}.js`))?.[1](),
  ]);
  i18n.global.setLocaleMessage(locale, Object.assign({}, ...parts, own));
  i18n.global.locale.value = locale;
  kitLocale.value = kit;
  document.documentElement.lang = locale;
  document.documentElement.dir = 'ltr';
}
