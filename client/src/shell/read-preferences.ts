import { locales, type AppLocale } from '../locales/app-locale.js';

export interface Preferences {
  /** `null`: as the host says, else as the browser says. */
  locale: AppLocale | null;
  theme: 'light' | 'dark' | 'system';
  density: 'comfortable' | 'compact';
  /** Single keys as shortcuts (WCAG 2.1.4 asks that they can be switched off). */
  singleKeys: boolean;
  /** Shown columns by kind of record; none stored: the usual ones. */
  columns: Record<string, string[]>;
  /** The person decided to start with empty tables. */
  startsEmpty: boolean;
}

/** What an older version, or somebody by hand, left there is taken as far as it makes sense. */
export function readPreferences(text: string | null): Preferences {
  const stored = parsed(text);
  return {
    locale: locales.find((locale) => locale === stored['locale']) ?? null,
    theme: (['light', 'dark'] as const).find((theme) => theme === stored['theme']) ?? 'system',
    density: stored['density'] === 'compact' ? 'compact' : 'comfortable',
    singleKeys: stored['singleKeys'] !== false,
    columns: columnsOf(stored['columns']),
    startsEmpty: stored['startsEmpty'] === true,
  };
}

function columnsOf(stored: unknown): Record<string, string[]> {
  if (typeof stored !== 'object' || stored === null) return {};
  return Object.fromEntries(
    Object.entries(stored).filter(
      (entry): entry is [string, string[]] =>
        Array.isArray(entry[1]) && entry[1].every((variable) => typeof variable === 'string'),
    ),
  );
}

function parsed(text: string | null): Record<string, unknown> {
  try {
    const stored: unknown = JSON.parse(text ?? '');
    return typeof stored === 'object' && stored !== null ? { ...stored } : {};
  } catch {
    return {};
  }
}
