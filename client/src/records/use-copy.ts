import { ref, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { announce } from '../shell/use-announcer.js';

/** Without the right to the clipboard (a frame, plain http) the text stays where it can be selected. */
export function useCopy(): { readonly isCopied: Ref<boolean>; copy(text: string): Promise<void> } {
  const { t } = useI18n();
  const isCopied = ref(false);

  async function copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      isCopied.value = true;
      announce(t('records.copy.done'));
    } catch {
      announce(t('records.copy.failed'));
    }
  }

  return { isCopied, copy };
}
