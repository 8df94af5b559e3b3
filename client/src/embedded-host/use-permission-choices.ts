import { computed, type ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Permission } from '../../../server/contract/session.js';

export function usePermissionChoices(): ComputedRef<{ value: Permission; label: string }[]> {
  const { t } = useI18n();
  return computed(() => [
    { value: 'clientele.read', label: t('embeddedHost.permission.read') },
    { value: 'clientele.write', label: t('embeddedHost.permission.write') },
    { value: 'clientele.admin', label: t('embeddedHost.permission.admin') },
  ]);
}
