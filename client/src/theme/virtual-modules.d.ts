declare module 'virtual:nuxt-ui-icons' {
  import type { IconifyIcon } from '@iconify/vue/offline';

  export function init(addIcon: (name: string, icon: IconifyIcon) => boolean): void;
}
