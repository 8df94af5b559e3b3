import { Body, Controller, Get, Ip, Post } from '@nestjs/common';
import { SessionDescription, SessionExchange, SessionOpened } from '../../../contract/session.js';
import { Answers, AnswersNothing, BearerToken, CurrentBearer, Public, Requires, type Bearer } from '../http/index.js';
import { SessionsService } from './sessions.service.js';

@Controller('api/v1/session')
export class SessionController {
  constructor(private readonly sessions: SessionsService) {}

  @Post('exchange')
  @Public('the launch token is the proof')
  @Answers(SessionOpened)
  exchange(@Body({ schema: SessionExchange }) { token }: SessionExchange, @Ip() address: string): Promise<SessionOpened> {
    return this.sessions.exchange(token, address);
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
