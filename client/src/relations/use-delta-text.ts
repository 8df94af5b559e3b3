import { useI18n } from 'vue-i18n';
import type { CellChange } from './relation-edits.js';

/** "3 to grant · 1 to withdraw": permissions are granted, customers and services assigned. */
export function useDeltaText(): {
  textOf(tense: 'planned' | 'done', changes: readonly CellChange[]): string;
} {
  const { t } = useI18n();

  return {
    textOf(tense, changes) {
      const verb = changes.some(({ cell }) => cell.key !== null) ? 'permission' : 'assignment';
      const parts = (['add', 'remove'] as const).flatMap((action) => {
        const count = changes.filter((change) => change.action === action).length;
        return count === 0 ? [] : [t(`relations.delta.${tense}.${verb}.${action}`, { count }, count)];
      });
      return parts.join(' · ');
    },
  };
}
