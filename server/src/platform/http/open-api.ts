import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';

export const openApiPath = '/api/openapi.json';

/** The API as its routes declare it. */
export function describeApi(app: INestApplication, version: string): OpenAPIObject {
  const frame = new DocumentBuilder()
    .setTitle('Clientele')
    .setDescription('Customer users and customers of a helpdesk. Failures are problem documents (RFC 9457).')
    .setVersion(version)
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'The token of a session, or an API token' })
    .addSecurityRequirements('bearer')
    .build();
  return SwaggerModule.createDocument(app, frame);
}

/** The document for programs, and in development its pages for people. To be called before the routes are taken on. */
export function serveApiDescription(app: INestApplication, server: FastifyInstance, options: { version: string; hasPages: boolean }): void {
  let text: string | null = null;
  server.get(openApiPath, (_request, reply) => {
    text ??= JSON.stringify(describeApi(app, options.version));
    return reply.type('application/json; charset=utf-8').send(text);
  });
  if (options.hasPages) SwaggerModule.setup('api/docs', app, () => describeApi(app, options.version));
}
