import { ref } from 'vue';

/** What the screen reader is told next; shown nowhere. */
export const announcement = ref('');

export function announce(text: string): void {
  // The same sentence twice is said twice.
  announcement.value = announcement.value === text ? `${text}\u00a0` : text;
}
