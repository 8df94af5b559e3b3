import { createPinia } from 'pinia';
import { createApp } from 'vue';
import { i18n } from '../locales/i18n.js';
import '../theme/theme.css';
import EmbeddedHostApp from './EmbeddedHostApp.vue';
import { createEmbeddedHostRouter } from './router.js';
import { takeSignInLink } from './sign-in-link.js';
import { showDoorInChosenLanguage } from './texts.js';

const link = takeSignInLink(window);
/** The kit's few style elements carry the nonce this answer of the server came with. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

const app = createApp(EmbeddedHostApp, { nonce }).use(createPinia()).use(i18n);
await showDoorInChosenLanguage();
app.use(createEmbeddedHostRouter(link)).mount('#app');
