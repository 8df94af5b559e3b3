import { addIcon as addOfflineIcon, Icon, type IconifyIcon } from '@iconify/vue/offline';
import { init } from 'virtual:nuxt-ui-icons';

/**
 * Stands in for `@iconify/vue` (see vite.config.ts): the same component without the part that asks a server for icons.
 * The icons in use are collected when the pages are built.
 */
export { Icon };

const names = new Set<string>();

export function addIcon(name: string, icon: IconifyIcon): boolean {
  addOfflineIcon(name, icon);
  // Templates write `i-lucide-x`, of which `lucide-x` arrives here; the collection says `lucide:x`.
  addOfflineIcon(name.replace(':', '-'), icon);
  names.add(name).add(name.replace(':', '-'));
  return true;
}

export function iconLoaded(name: string): boolean {
  return names.has(name);
}

init(addIcon);
