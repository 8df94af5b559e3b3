import { PiniaColada } from '@pinia/colada';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { i18n } from './locales/i18n.js';
import { createAppRouter } from './router.js';
import './theme/theme.css';

createApp(App).use(createPinia()).use(PiniaColada, {}).use(createAppRouter()).use(i18n).mount('#app');
