import { AgentsService } from '../src/host/embedded/index.js';
import { askerOf, type Answer, type TestApp, type TestRequest } from './app.js';

let visitors = 0;

/** Someone at a browser on the embedded host's pages: keeps the cookie, and asks as our own pages do. */
export class Visitor {
  cookie: string | null = null;

  /** Everybody comes from an address of their own, so that limits on addresses concern those who ask for it. */
  constructor(
    private readonly test: TestApp,
    private readonly address = `10.100.${visitors >> 8}.${visitors++ & 255}`,
  ) {}

  async get(path: string): Promise<Answer> {
    return this.ask({ url: `/embedded-host/api/${path}` });
  }

  async post(path: string, body: object = {}): Promise<Answer> {
    return this.ask({ method: 'POST', url: `/embedded-host/api/${path}`, body });
  }

  async patch(path: string, body: object): Promise<Answer> {
    return this.ask({ method: 'PATCH', url: `/embedded-host/api/${path}`, body });
  }

  async ask(request: TestRequest): Promise<Answer> {
    const answer = await askerOf(this.test.app, {
      'x-clientele-embedded-host': '1',
      origin: 'http://localhost:8080',
      ...(this.cookie === null ? {} : { cookie: this.cookie }),
    })({ remoteAddress: this.address, ...request });
    const [setCookie] = [answer.headers['set-cookie']].flat();
    if (typeof setCookie === 'string') this.cookie = setCookie.split(';')[0] ?? null;
    return answer;
  }
}

export function linkIn(text: string | null): string {
  return /#link=([\w-]+)$/.exec(text ?? '')?.[1] ?? '';
}

/** The first administrator, come in by the link of the start; a password costs a slow hash, so only where it is asked for. */
export async function firstAdmin(test: TestApp, password: string | null = null): Promise<Visitor> {
  const visitor = new Visitor(test);
  const link = await test.app.get(AgentsService, { strict: false }).firstSignInLink('http://localhost:8080');
  await visitor.post('sign-in-link', { link: linkIn(link) });
  if (password !== null) await visitor.post('password', { password });
  return visitor;
}
