import type { Pick } from './recent-picks.js';

/** The four relations, each with its two sides and the tab that shows it from there. */
export const pairs = [
  { name: 'customer-user-customers', icon: 'i-lucide-building-2', left: { side: 'customer-users', tab: 'customers' }, right: { side: 'customers', tab: 'customer-users' } },
  { name: 'customer-user-groups', icon: 'i-lucide-shield-check', left: { side: 'customer-users', tab: 'groups' }, right: { side: 'groups', tab: 'customer-users' } },
  { name: 'customer-groups', icon: 'i-lucide-key-round', left: { side: 'customers', tab: 'groups' }, right: { side: 'groups', tab: 'customers' } },
  { name: 'customer-user-services', icon: 'i-lucide-layers', left: { side: 'customer-users', tab: 'services' }, right: { side: 'services', tab: '' } },
] as const;

export type Pair = (typeof pairs)[number];
export type Side = Pick['side'];

/** Where the relation is edited from this side of it. */
export function pathOfPair(pair: Pair, from: 'left' | 'right', key: string): string {
  const { side, tab } = pair[from];
  return `/${side}/${encodeURIComponent(key)}${tab === '' ? '' : `/${tab}`}`;
}
