/**
 * The front door of the HTTP frame. Controllers name their whole path (`@Controller('api/v1/customers')`; there is no global
 * prefix), say who may use each route (`@Requires`), give their schemas to `@Body({ schema })`, `@Query({ schema })` and
 * `@Answers(schema)`, and throw `DomainError`s; everything else is done here.
 */
export { GuardedBy, includesPermission, Public, Requires } from './access.js';
export { Answers, AnswersNothing } from './answers.js';
export { bearerOf, Bearers, rememberBearer, type Bearer } from './bearer.js';
export { HttpFrameModule } from './http-frame.module.js';
export { BearerToken, CurrentActor, CurrentBearer, IfMatch } from './parameters.js';
export { passwordLimit, RateLimited } from './rate-limit.guard.js';
export { LimitExceeded, RateLimiter, type RateLimit } from './rate-limiter.js';
export { openHttpServer, type HttpServer } from './server.js';
export { RouteTable } from './route-table.js';
export { openApiPath, serveApiDescription } from './open-api.js';
