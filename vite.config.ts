import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import VueI18nPlugin from '@intlify/unplugin-vue-i18n/vite';
import ui from '@nuxt/ui/vite';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import { kitTheme } from './client/src/theme/kit-theme.js';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
/** Where `npm run dev` has the server listen; its pages come from Vite, everything else from there. */
const server = `http://127.0.0.1:${process.env['PORT'] ?? '8080'}`;
const embeddedHost = at('./client/embedded-host.html');

export default defineConfig({
  root: at('./client'),
  plugins: [
    vue(),
    ui({
      autoImport: false,
      components: false,
      colorMode: false,
      dts: false,
      fonts: false,
      experimental: { componentDetection: true },
      icon: { clientBundle: { scan: true } },
      theme: { colors: ['primary', 'success', 'info', 'warning', 'error'] },
      ui: kitTheme,
    }),
    VueI18nPlugin({
      include: at('./client/src/**/locales/**/*.json'),
      runtimeOnly: true,
      dropMessageCompiler: true,
      compositionOnly: true,
      fullInstall: false,
      strictMessage: true,
    }),
  ],
  resolve: {
    alias: [
      // Icons come from the bundle and from nowhere else: the module that would ask an icon server is not even built in.
      { find: /^@iconify\/vue$/u, replacement: at('./client/src/theme/bundled-icons.ts') },
    ],
  },
  build: {
    outDir: at('./dist/client'),
    emptyOutDir: true,
    // The content security policy lets no inline content through but styles with a nonce.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: {
        plugin: at('./client/index.html'),
        ...(existsSync(embeddedHost) ? { embeddedHost } : {}),
      },
    },
  },
  server: {
    proxy: Object.fromEntries(
      ['/api', '/health', '/embedded-host', '/.well-known'].map((path) => [path, { target: server }]),
    ),
  },
});
