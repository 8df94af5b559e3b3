import { defineStore } from 'pinia';
import { computed, ref, watch } from 'vue';
import { readPreferences } from './read-preferences.js';

const place = 'clientele.preferences';

export const usePreferences = defineStore('preferences', () => {
  const preferences = ref(readPreferences(storedText()));
  watch(preferences, (now) => store(JSON.stringify(now)), { deep: true });
  return { preferences: computed(() => preferences.value) };
});

/** A frame of another origin may be forbidden any storage: preferences then last as long as the page. */
function storedText(): string | null {
  try {
    return localStorage.getItem(place);
  } catch {
    return null;
  }
}

function store(text: string): void {
  try {
    localStorage.setItem(place, text);
  } catch {
    // see storedText
  }
}
