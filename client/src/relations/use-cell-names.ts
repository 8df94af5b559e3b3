import { useI18n } from 'vue-i18n';
import type { PermissionSettings } from '../../../server/contract/grant.js';
import type { Cell, RelationRow } from './relation-row.js';

/** How boxes and their columns are called, where one sees them and where one only hears of them. */
export function useCellNames(settings: () => PermissionSettings | null): {
  contextName(context: string | null): string;
  columnName(cell: Cell): string;
  boxName(row: RelationRow, cell: Cell): string;
} {
  const { t } = useI18n();

  function contextName(context: string | null): string {
    const found = settings()?.contexts.find((one) => one.context === context);
    return found === undefined ? (context ?? '') : t(`permissions.context.${found.kind}`);
  }

  function columnName({ key, context }: Cell): string {
    if (key === null) return t('relations.column.assigned');
    const hasContexts = context !== null && (settings()?.contexts.length ?? 0) > 1;
    return hasContexts ? t('relations.column.in-context', { key, context: contextName(context) }) : key;
  }

  return {
    contextName,
    columnName,
    boxName(row, cell) {
      const { kind, label } = row.end;
      return cell.key === null
        ? t(`relations.box.assigned.${kind}`, { name: label })
        : t(`relations.box.key.${kind}`, { key: columnName(cell), name: label });
    },
  };
}
