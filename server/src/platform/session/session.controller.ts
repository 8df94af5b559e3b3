import { Body, Controller, Get, Post } from '@nestjs/common';
import { SessionDescription, SessionExchange, SessionOpened } from '../../../contract/session.js';
import { Answers, AnswersNothing, BearerToken, CurrentBearer, Public, RateLimited, Requires, type Bearer } from '../http/index.js';
import { SessionsService } from './sessions.service.js';

const exchangeLimit = { name: 'exchange', perMinute: 30, per: 'address' } as const;

@Controller('api/v1/session')
export class SessionController {
  constructor(private readonly sessions: SessionsService) {}

  @Post('exchange')
  @Public('the launch token is the proof')
  @RateLimited(exchangeLimit)
  @Answers(SessionOpened)
  exchange(@Body({ schema: SessionExchange }) { token }: SessionExchange): Promise<SessionOpened> {
    return this.sessions.exchange(token);
  }

  @Get()
  @Requires('clientele.read')
  @Answers(SessionDescription)
  describe(@CurrentBearer() { actor, permissions, display, hostType }: Bearer): SessionDescription {
    return {
      actor: { kind: actor.kind === 'token' ? 'token' : 'agent', login: actor.login, name: actor.name },
      permissions: [...permissions],
      display,
      host: { type: hostType },
    };
  }

  @Post('end')
  @Requires('clientele.read')
  @AnswersNothing()
  end(@BearerToken() token: string): Promise<void> {
    return this.sessions.end(token);
  }
}
