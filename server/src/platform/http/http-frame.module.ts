import { Global, Module, StandardSchemaSerializerInterceptor } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { ThrottlerModule } from '@nestjs/throttler';
import { AccessGuard } from './access.guard.js';
import { RateLimitGuard } from './rate-limit.guard.js';
import { RateLimiter } from './rate-limiter.js';
import { ValidationPipe } from './validation.pipe.js';

/** Guards, validation and the filter of answers, for every route of the application. */
@Global()
@Module({
  imports: [ThrottlerModule.forRoot({ throttlers: [] })],
  providers: [
    RateLimiter,
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_GUARD, useClass: RateLimitGuard },
    { provide: APP_PIPE, useClass: ValidationPipe },
    { provide: APP_INTERCEPTOR, useClass: StandardSchemaSerializerInterceptor },
  ],
  exports: [RateLimiter],
})
export class HttpFrameModule {}
