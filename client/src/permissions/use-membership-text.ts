import { useI18n } from 'vue-i18n';
import type { MembershipKind } from '../../../server/contract/membership.js';

/** "primary (from its record), assigned": how a person belongs to a customer. */
export function useMembershipText(): { textOf(kinds: readonly MembershipKind[]): string } {
  const { t, locale } = useI18n();
  return {
    textOf: (kinds) => new Intl.ListFormat(locale.value, { type: 'conjunction' }).format(kinds.map((kind) => t(`relations.membership.${kind}`))),
  };
}
