import { Injectable } from '@nestjs/common';
import { Bearers, type Bearer } from '../http/index.js';
import { apiTokenPrefix, ApiTokensService } from './api-tokens.service.js';
import { SessionsService } from './sessions.service.js';

/** Agents come with the token of their session, programs with an API token. */
@Injectable()
export class TokenBearers extends Bearers {
  constructor(
    private readonly sessions: SessionsService,
    private readonly apiTokens: ApiTokensService,
  ) {
    super();
  }

  find(token: string, correlationId: string): Promise<Bearer | null> {
    const holders = token.startsWith(apiTokenPrefix) ? this.apiTokens : this.sessions;
    return holders.findBearer(token, correlationId);
  }
}
