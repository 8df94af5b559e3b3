import { createRouter, createWebHistory, type Router } from 'vue-router';
import AgentsPage from './AgentsPage.vue';
import SignInPage from './SignInPage.vue';

export function createEmbeddedHostRouter(link: string | null): Router {
  return createRouter({
    history: createWebHistory('/embedded-host/'),
    routes: [
      { path: '/sign-in', component: SignInPage, props: { link } },
      { path: '/agents', component: AgentsPage },
      { path: '/:elsewhere(.*)*', redirect: '/sign-in' },
    ],
  });
}
