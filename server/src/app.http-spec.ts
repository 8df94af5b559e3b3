import { RequestMethod, type Type } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { permissions, type Permission } from '../contract/session.js';
import { startTestApp, type Ask, type TestApp, type TestRequest } from '../testing/app.js';
import { ACCESS, type Access } from './platform/http/access.js';
import { openApiPath, RouteTable } from './platform/http/index.js';

interface Route {
  readonly method: string;
  readonly path: string;
  readonly access: Access | undefined;
}

/** Served by the server itself, without a controller, and for everybody. */
const routesWithoutController = [openApiPath];

describe('every route', () => {
  let test: TestApp;
  let routes: Route[];
  beforeAll(async () => {
    test = await startTestApp();
    routes = routesOf(test);
  });
  afterAll(() => test.close());

  it('declares who may use it', () => {
    const silent = routes.filter(({ access }) => access === undefined);

    expect(routes.length).toBeGreaterThan(20);
    expect(silent).toEqual([]);
  });

  it('is known here, whoever made it', () => {
    const known = new Set([...routes.map(({ path }) => path), ...routesWithoutController]);
    const served = test.app.get(RouteTable).all().map(({ path }) => path);

    expect(served.filter((path) => !known.has(path))).toEqual([]);
  });

  it('is public or guarded by itself for a reason that is written here', () => {
    const open = routes.filter(({ access }) => access?.kind !== 'permission').map((route) => `${route.method} ${route.path}: ${reasonOf(route)}`);

    expect(open.sort()).toEqual([
      'GET /embedded-host/api/agents: the agent cookie and clientele.admin',
      'GET /embedded-host/api/first-run: the agent cookie',
      'GET /embedded-host/api/me: the agent cookie',
      'GET /health/live: asked by process supervisors; tells no more than that the process answers',
      'GET /health/ready: asked by load balancers; tells no more than whether requests can be served',
      'PATCH /embedded-host/api/agents/:login: the agent cookie and clientele.admin',
      'POST /api/v1/session/exchange: the launch token is the proof',
      'POST /embedded-host/api/agents: the agent cookie and clientele.admin',
      'POST /embedded-host/api/example-data: the agent cookie and clientele.admin',
      'POST /embedded-host/api/launch: the agent cookie',
      'POST /embedded-host/api/password: the agent cookie',
      'POST /embedded-host/api/sign-in-link: the origin of our own pages',
      'POST /embedded-host/api/sign-in: the origin of our own pages',
      'POST /embedded-host/api/sign-out: the agent cookie',
    ]);
  });

  it('that is guarded is closed to nobody in particular: 401', async () => {
    const answers = await answersOf(test.ask, guarded(routes));

    expect(answers.filter(({ status }) => status !== 401)).toEqual([]);
    expect(new Set(answers.map(({ code }) => code))).toEqual(new Set(['session.expired']));
  });

  it('of the embedded host is closed without the cookie: 401', async () => {
    const ownPages = { 'x-clientele-embedded-host': '1', origin: 'http://localhost:8080' };
    const closed = routes.filter(({ access }) => access?.kind === 'guarded' && access.by.startsWith('the agent cookie'));

    const answers = await answersOf((request) => test.ask({ ...asRequest(request), headers: ownPages }), closed);

    expect(answers.filter(({ status }) => status !== 401)).toEqual([]);
  });

  it.each(permissions.slice(1))('that asks for %s is closed to those who have less: 403', async (permission) => {
    const less = await test.as([before(permission)]);
    const asked = guarded(routes).filter(({ access }) => access?.kind === 'permission' && access.permission === permission);

    const answers = await answersOf(less, asked);

    expect(answers.filter(({ status }) => status !== 403)).toEqual([]);
    expect(answers.filter(({ code }) => code !== 'permission.missing')).toEqual([]);
  });

  it('that asks for clientele.read is closed to those who have nothing: 403', async () => {
    const nothing = await test.as([]);

    const answers = await answersOf(nothing, guarded(routes));

    expect(answers.filter(({ status }) => status !== 403)).toEqual([]);
  });

  it.each(permissions)('that asks for %s lets those in who have it', async (permission) => {
    const enough = await test.as([permission]);
    const asked = guarded(routes).filter(({ access }) => access?.kind === 'permission' && access.permission === permission);

    const answers = await answersOf(enough, asked);

    expect(answers.filter(({ status }) => [401, 403].includes(status) || status >= 500)).toEqual([]);
  });

  it.each(['%00', 'a%00b', '%0d%0aX-Evil:%201', "'%20OR%201=1%20--", '%22;DROP%20TABLE%20users;--', '%F0%9F%92%A9', '..%2f..%2fetc', 'a'.repeat(900)])(
    'bears the name %s',
    async (name) => {
      const everything = await test.as(['clientele.admin']);

      const answers = await answersOf(everything, guarded(routes).filter(({ path }) => path.includes(':')), name);

      expect(answers.length).toBeGreaterThan(3);
      expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    },
  );

  it('that deletes does not exist', () => {
    expect(test.app.get(RouteTable).all().filter(({ method }) => ['DELETE', 'PUT'].includes(method))).toEqual([]);
  });
});

function routesOf({ app }: TestApp): Route[] {
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [...module.controllers.values()]);
  return controllers.flatMap(({ metatype }) => (typeof metatype === 'function' ? routesOfController(metatype as Type) : []));
}

function routesOfController(controller: Type): Route[] {
  const prefix = String(Reflect.getMetadata('path', controller));
  return Object.getOwnPropertyNames(controller.prototype).filter((name) => name !== 'constructor').flatMap((name) => {
    const handler: unknown = Object.getOwnPropertyDescriptor(controller.prototype, name)?.value;
    if (typeof handler !== 'function') return [];
    const path: unknown = Reflect.getMetadata('path', handler);
    if (typeof path !== 'string') return [];
    const access: Access | undefined = Reflect.getMetadata(ACCESS, handler) ?? Reflect.getMetadata(ACCESS, controller);
    const method = RequestMethod[Number(Reflect.getMetadata('method', handler))] ?? '';
    return [{ method, path: `/${[prefix, path].join('/')}`.replace(/\/+/g, '/').replace(/(.)\/$/, '$1'), access }];
  });
}

function guarded(routes: readonly Route[]): Route[] {
  return routes.filter(({ access }) => access?.kind === 'permission');
}

function reasonOf({ access }: Route): string {
  if (access?.kind === 'guarded') return access.by;
  return access?.kind === 'public' ? access.reason : 'none';
}

function before(permission: Permission): Permission {
  return permissions[permissions.indexOf(permission) - 1] ?? 'clientele.read';
}

function asRequest(request: TestRequest | string): TestRequest {
  return typeof request === 'string' ? { url: request } : request;
}

/** With a name that exists nowhere, a version, and a body where the method has one. */
async function answersOf(ask: Ask, routes: readonly Route[], name = 'nobody-at-all') {
  const answers = [];
  for (const { method, path } of routes) {
    const url = path.replace(/:\w+/g, () => name);
    const body = method === 'GET' ? {} : { body: {} };
    const answer = await ask({ method: method as 'GET', url, headers: { 'if-match': '"1"' }, ...body });
    answers.push({ route: `${method} ${path}`, status: answer.status, code: answer.body?.code });
  }
  return answers;
}
