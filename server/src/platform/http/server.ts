import type { IncomingMessage } from 'node:http';
import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { logRequest, type Logger } from '../logging/index.js';
import { bearerOf } from './bearer.js';
import { correlationIdHeader, correlationIdOf } from './correlation-id.js';
import { parseJsonBody } from './json-body.js';
import { servePages } from './pages.js';
import { ProblemFilter } from './problem.filter.js';
import { RouteTable } from './route-table.js';
import { allowDescriptionPage, secure } from './security-headers.js';

export interface ServerSettings {
  readonly logger: Logger;
  readonly isHttps: boolean;
  /** The pages of the API's description, which bring their own inline styles, are served. */
  readonly isDevelopment: boolean;
  /** Proxies whose `X-Forwarded-For` is believed; `false`: none. */
  readonly trustProxy: string | false;
  /** Told of each request when its answer is out. */
  readonly observe: (request: FastifyRequest, reply: FastifyReply) => void;
  /** Where the built client is; without it only programs are served. */
  readonly clientDirectory: string | null;
  /** The pages of the embedded host are served too. */
  readonly isEmbeddedHostOn: boolean;
}

/** 256 KiB: the longest record of the contract is far smaller. */
const bodyLimit = 256 * 1024;
/** Longer than the longest deadline of a backend, shorter than a proxy's patience. */
const handlerTimeoutMs = 45_000;

export interface HttpServer {
  readonly adapter: FastifyAdapter;
  readonly filter: ProblemFilter;
  readonly routes: RouteTable;
}

/** The HTTP server with everything that holds for each request, before any route is known. */
export async function openHttpServer(settings: ServerSettings): Promise<HttpServer> {
  const routes = new RouteTable();
  const filter = new ProblemFilter(routes, settings.logger);
  const adapter = new FastifyAdapter({
    bodyLimit,
    requestTimeout: 30_000,
    handlerTimeout: handlerTimeoutMs,
    trustProxy: settings.trustProxy,
    genReqId: ({ headers }: IncomingMessage) => correlationIdOf(headers),
    routerOptions: { maxParamLength: 1000 },
    // An address that cannot be read gets its answer before any hook runs.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      secure(reply, settings.isHttps);
      void reply.header(correlationIdHeader, request.id);
      filter.answer(error, request, reply);
    },
  });
  const server = adapter.getInstance<FastifyInstance>();
  server.addHook('onRoute', ({ method, url }) => routes.add(method, url));
  server.addHook('onRequest', (request, reply, done) => {
    secure(reply, settings.isHttps);
    if (settings.isDevelopment && request.url.startsWith('/api/docs')) allowDescriptionPage(reply);
    void reply.header(correlationIdHeader, request.id);
    done();
  });
  server.addHook('onResponse', (request, reply, done) => {
    settings.observe(request, reply);
    logRequest(settings.logger, request, reply, bearerOf(request)?.actor.login ?? null);
    done();
  });
  acceptJsonOnly(server);
  await server.register(compress, {
    threshold: 1024,
    globalDecompression: false,
    encodings: ['br', 'gzip'],
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
    zlibOptions: { level: 1 },
  });
  if (settings.clientDirectory !== null) await servePages(server, settings.clientDirectory, settings.isEmbeddedHostOn);
  return { adapter, filter, routes };
}

function acceptJsonOnly(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, parseJsonBody(String(body)));
    } catch (error) {
      done(error instanceof Error ? error : new Error('unreadable body', { cause: error }));
    }
  });
}
