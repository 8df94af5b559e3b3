import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { AppModule } from './app.module.js';
import { projectDirectory, type Environment } from './platform/config/environment.js';
import { Metrics } from './platform/health/index.js';
import { openHttpServer, serveApiDescription } from './platform/http/index.js';
import { createLogger, nestLogger, type Logger } from './platform/logging/index.js';

export interface AppOverrides {
  readonly logger?: Logger;
  /** Where the built client is; `null`: no pages are served. */
  readonly clientDirectory?: string | null;
}

/** The whole application, ready to listen. The same for the process and for the tests. */
export async function createApp(environment: Environment, overrides: AppOverrides = {}): Promise<NestFastifyApplication> {
  const logger = overrides.logger ?? createLogger(environment.logLevel);
  const metrics = new Metrics();
  const { adapter, filter, routes } = await openHttpServer({
    logger,
    isHttps: environment.baseUrl.startsWith('https:'),
    isDevelopment: environment.mode === 'development',
    trustProxy: environment.trustProxy,
    isEmbeddedHostOn: environment.isEmbeddedHostOn,
    observe: (request, reply) => metrics.observe(request, reply),
    clientDirectory: overrides.clientDirectory === undefined ? join(projectDirectory(), 'dist/client') : overrides.clientDirectory,
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with({ environment, logger, metrics, routes }), adapter, {
    logger: nestLogger(logger),
    bodyParser: false,
    abortOnError: false,
  });
  app.useGlobalFilters(filter);
  const server = adapter.getInstance<FastifyInstance>();
  serveApiDescription(app, server, { version: packageVersion(), hasPages: environment.mode === 'development' });
  await app.init();
  await server.ready();
  return app;
}

function packageVersion(): string {
  const description: unknown = JSON.parse(readFileSync(join(projectDirectory(), 'package.json'), 'utf8'));
  return z.object({ version: z.string() }).parse(description).version;
}
