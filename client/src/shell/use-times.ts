import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useSession } from '../session/session.js';

/** Moments as the agent reads them: in the agent's language, and in the host's time zone where it names one. */
export function useTimes() {
  const { locale } = useI18n();
  const session = useSession();
  const zone = computed(() => {
    const timeZone = session.description?.display.timeZone;
    return timeZone === null || timeZone === undefined ? {} : { timeZone };
  });
  const full = computed(() => new Intl.DateTimeFormat(locale.value, { ...zone.value, dateStyle: 'long', timeStyle: 'short' }));
  const medium = computed(() => new Intl.DateTimeFormat(locale.value, { ...zone.value, dateStyle: 'medium', timeStyle: 'short' }));
  const date = computed(() => new Intl.DateTimeFormat(locale.value, { ...zone.value, dateStyle: 'medium' }));
  const clock = computed(() => new Intl.DateTimeFormat(locale.value, { ...zone.value, timeStyle: 'short' }));

  function short(moment: string): string {
    const isToday = new Date(moment).toDateString() === new Date().toDateString();
    return (isToday ? clock.value : medium.value).format(new Date(moment));
  }

  return {
    full: (moment: string) => full.value.format(new Date(moment)),
    /** The time of today's moments, the date of others with it. */
    short,
    day: (moment: string) => date.value.format(new Date(moment)),
  };
}
