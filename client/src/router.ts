import { createRouter, createWebHistory, type RouteLocation, type Router, type RouteRecordRaw } from 'vue-router';
import type { BackendKind } from '../../server/contract/backend.js';
import { collectionOf, tabsOf } from './records/record-kind.js';
import RecordListPage from './records/RecordListPage.vue';
import HomePage from './shell/HomePage.vue';
import NotFoundPage from './shell/NotFoundPage.vue';

export function createAppRouter(): Router {
  return createRouter({
    history: createWebHistory(),
    routes: [
      { path: '/', component: HomePage },
      ...recordRoutes('customer-user'),
      ...recordRoutes('customer'),
      ...relationRoutes(),
      { path: '/relations', component: () => import('./hub/HubPage.vue') },
      { path: '/jobs', component: () => import('./jobs/JobsPage.vue') },
      { path: '/jobs/:key', component: () => import('./jobs/JobPage.vue'), props: ({ params }) => ({ jobId: textOf(params['key']) }) },
      { path: '/backends', component: () => import('./backends/BackendsPage.vue') },
      {
        path: '/backends/:key',
        component: () => import('./backends/BackendPage.vue'),
        props: ({ params, query }) => ({ backendId: textOf(params['key']), tab: textOf(query['tab']) }),
      },
      { path: '/:rest(.*)*', component: NotFoundPage },
    ],
    scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  });
}

function recordRoutes(kind: BackendKind): RouteRecordRaw[] {
  const list = `/${collectionOf[kind]}`;
  const one = ({ params, query }: RouteLocation): object => ({
    kind,
    recordKey: textOf(params['key']),
    tab: textOf(params['tab']),
    backendId: textOf(query['backend']) || null,
  });
  return [
    { path: list, component: RecordListPage, props: { kind } },
    {
      path: `${list}/new`,
      component: () => import('./records/NewRecordPage.vue'),
      props: ({ query }) => ({ kind, customerId: textOf(query['customerId']) }),
    },
    { path: `${list}/:key`, redirect: ({ params, query }) => ({ path: `${list}/${encodeURIComponent(textOf(params['key']))}/details`, query }) },
    { path: `${list}/:key/:tab(${tabsOf[kind].join('|')})`, component: () => import('./records/RecordPage.vue'), props: one },
  ];
}

/** Groups and services: where they are listed, and whom each is related to. */
function relationRoutes(): RouteRecordRaw[] {
  const endPage = () => import('./groups/EndPage.vue');
  const one = ({ params }: RouteLocation): object => ({ recordKey: textOf(params['key']), tab: textOf(params['tab']) });
  return [
    { path: '/groups', component: () => import('./groups/GroupListPage.vue') },
    { path: '/groups/:key(\\d+)', redirect: ({ params }) => `/groups/${textOf(params['key'])}/customer-users` },
    { path: '/groups/:key(\\d+)/:tab(customer-users|customers|history)', component: endPage, props: (route) => ({ kind: 'group', ...one(route) }) },
    { path: '/services', component: () => import('./services/ServiceListPage.vue') },
    { path: '/services/defaults', component: () => import('./services/DefaultServicesPage.vue') },
    { path: '/services/:key(\\d+)', redirect: ({ params }) => `/services/${textOf(params['key'])}/customer-users` },
    { path: '/services/:key(\\d+)/:tab(customer-users|history)', component: endPage, props: (route) => ({ kind: 'service', ...one(route) }) },
  ];
}

function textOf(value: unknown): string {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' ? first : '';
}
