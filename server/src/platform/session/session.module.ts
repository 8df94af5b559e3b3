import { Global, Module } from '@nestjs/common';
import { Bearers } from '../http/index.js';
import { ApiTokensRepository } from './api-tokens.repository.js';
import { ApiTokensService } from './api-tokens.service.js';
import { LaunchHosts } from './launch-host.js';
import { SessionController } from './session.controller.js';
import { SessionsRepository } from './sessions.repository.js';
import { SessionsService } from './sessions.service.js';
import { TokenBearers } from './token-bearers.js';

@Global()
@Module({
  controllers: [SessionController],
  providers: [
    LaunchHosts,
    SessionsRepository,
    SessionsService,
    ApiTokensRepository,
    ApiTokensService,
    { provide: Bearers, useClass: TokenBearers },
  ],
  exports: [LaunchHosts, SessionsService, ApiTokensService, Bearers],
})
export class SessionModule {}
