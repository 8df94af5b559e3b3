import type { Locale } from '../../../server/contract/session.js';

export type AppLocale = Locale;

export const locales: readonly AppLocale[] = ['en', 'de', 'es', 'fr', 'it', 'nl', 'pt'];

/** Each language by its own name: who needs it can read it. */
export const localeNames: Record<AppLocale, string> = {
  en: 'English',
  de: 'Deutsch',
  es: 'Español',
  fr: 'Français',
  it: 'Italiano',
  nl: 'Nederlands',
  pt: 'Português',
};

/** The first of the wishes (BCP 47 tags, best first) that there are texts for; English otherwise. */
export function bestLocale(wishes: readonly (string | null | undefined)[]): AppLocale {
  for (const wish of wishes) {
    const language = wish?.toLowerCase().split(/[-_]/u)[0];
    const found = locales.find((locale) => locale === language);
    if (found !== undefined) return found;
  }
  return 'en';
}
