import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { allowPage } from './security-headers.js';

/** Stands in the built pages where each answer gets its own nonce. */
const noncePlaceholder = '__CSP_NONCE__';
const immutableAsset = 'public, max-age=31536000, immutable';
/** Addresses of programs: an unknown one is answered with a problem, never with a page. */
const programPaths = /^\/(?:api|health|metrics|hooks|lifecycle|assets|embedded-host\/api|\.well-known)(?:[/?]|$)/;

/** The built client: its assets as files, its pages under every address that the client's own router knows. */
export async function servePages(server: FastifyInstance, directory: string, isEmbeddedHostOn: boolean): Promise<void> {
  if (!existsSync(join(directory, 'index.html'))) return;
  const plugin = readFileSync(join(directory, 'index.html'), 'utf8');
  const embeddedHost = isEmbeddedHostOn ? readIfThere(join(directory, 'embedded-host.html')) : null;
  server.addHook('onRequest', (request, reply, done) => {
    if (!isForPage(request)) return done();
    const page = request.url.startsWith('/embedded-host') && embeddedHost !== null ? embeddedHost : plugin;
    sendPage(reply, page);
  });
  await server.register(fastifyStatic, {
    root: directory,
    prefix: '/',
    wildcard: false,
    index: false,
    cacheControl: false,
    globIgnore: ['**/*.html'],
    setHeaders: (reply, path) => {
      const isAsset = path.startsWith(join(directory, 'assets'));
      void reply.header('cache-control', isAsset ? immutableAsset : 'public, max-age=3600');
    },
  });
}

function isForPage(request: FastifyRequest): boolean {
  if (!request.is404 || !['GET', 'HEAD'].includes(request.method) || programPaths.test(request.url)) return false;
  const isFile = /\.\w+$/.test(request.url.split('?', 1)[0] ?? '');
  return !isFile || request.headers.accept?.includes('text/html') === true;
}

function sendPage(reply: FastifyReply, page: string): void {
  const nonce = allowPage(reply);
  void reply.type('text/html; charset=utf-8').send(page.replaceAll(noncePlaceholder, nonce));
}

function readIfThere(path: string): string | null {
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}
