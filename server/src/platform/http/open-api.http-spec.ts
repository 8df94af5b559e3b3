import { CustomerUserQuery } from '../../../contract/customer-user.js';
import { CustomerQuery } from '../../../contract/customer.js';
import { HistoryQuery } from '../../../contract/history.js';
import { startTestApp, type TestApp } from '../../../testing/app.js';
import { RouteTable } from './index.js';

interface Operation {
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly responses: Readonly<Record<string, unknown>>;
}

describe('the OpenAPI document', () => {
  let test: TestApp;
  let document: { openapi: string; paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, unknown> } };
  beforeAll(async () => {
    test = await startTestApp();
    document = (await test.ask('/api/openapi.json')).body;
  });
  afterAll(() => test.close());

  const namesIn = (path: string, place: string) =>
    (document.paths[path]?.['get']?.parameters ?? []).filter((parameter) => parameter.in === place).map(({ name }) => name).sort();

  it('has every route of the API', () => {
    const described = Object.entries(document.paths).flatMap(([path, operations]) => Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`));
    const served = test.app.get(RouteTable).all()
      .filter(({ method, path }) => method !== 'HEAD' && /^\/(api\/v1|embedded-host)\//.test(path))
      .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);

    expect(served.filter((route) => !described.includes(route))).toEqual([]);
  });

  it.each([
    ['/api/v1/customer-users', CustomerUserQuery],
    ['/api/v1/customers', CustomerQuery],
    ['/api/v1/history', HistoryQuery],
  ])('has every query parameter of %s', (path, schema) => {
    expect(namesIn(path, 'query')).toEqual(Object.keys(schema.shape).sort());
  });

  it('has what each route answers', () => {
    const silent = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.entries(operations).filter(([, { responses }]) => Object.keys(responses).every((status) => !status.startsWith('2'))).map(([method]) => `${method} ${path}`),
    );

    expect(silent).toEqual([]);
  });

  it('refers to nothing that it has not', () => {
    const named = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name ?? '');

    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((name) => !(name in document.components.schemas))).toEqual([]);
  });

  it('changes only when somebody means it', () => {
    expect(document).toMatchSnapshot();
  });
});

describe('the pages of the API', () => {
  it('are there in development', async () => {
    const test = await startTestApp({ environment: { NODE_ENV: 'development' } });

    const page = await test.ask('/api/docs');
    await test.close();

    expect(page.status).toBe(200);
    expect(page.text).toContain('swagger-ui');
    expect(page.headers['content-security-policy']).toContain("default-src 'self'");
  });

  it('and nowhere else', async () => {
    const test = await startTestApp({ environment: { NODE_ENV: 'production' } });

    const page = await test.ask('/api/docs');
    await test.close();

    expect(page.status).toBe(404);
  });
});
