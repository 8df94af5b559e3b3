interface Route {
  readonly method: string;
  readonly path: string;
  readonly pattern: RegExp;
}

/** All routes that the server has taken on, for the answer to a wrong method and for whoever checks them all. */
export class RouteTable {
  private readonly routes: Route[] = [];

  add(methods: string | readonly string[], path: string): void {
    for (const method of [methods].flat()) this.routes.push({ method, path, pattern: patternOf(path) });
  }

  /** In the words of RFC 9110 §10.2.1: what an address offers; nothing when it does not exist. */
  methodsOf(url: string): string[] {
    const path = url.split('?', 1)[0] ?? '';
    return [...new Set(this.routes.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method))].sort();
  }

  all(): readonly Pick<Route, 'method' | 'path'>[] {
    return this.routes;
  }
}

function patternOf(path: string): RegExp {
  const segments = path.split('/').map((segment) => {
    if (segment.startsWith(':')) return '[^/]+';
    return segment === '*' ? '.*' : segment.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${segments.join('/')}/?$`);
}
