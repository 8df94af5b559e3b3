import { Body, Controller, Get, Inject, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Launch, Me, OwnPassword, SignIn, SignInByLink } from '../../../contract/embedded-host.js';
import { ENVIRONMENT, type Environment } from '../../platform/config/environment.js';
import { Answers, AnswersNothing, RateLimited } from '../../platform/http/index.js';
import type { StoredAgent } from './agent.js';
import { clearAgentCookie, setAgentCookie } from './agent-cookie.js';
import { ForAgents, ForVisitors, SignedInAs } from './agent.guard.js';
import { EmbeddedHost } from './embedded-host.js';
import { SignInService, toMe, type SignedIn } from './sign-in.service.js';

const attemptsFromAddress = { name: 'sign-in-address', perMinute: 10, per: 'address', blockSeconds: 60 } as const;
const passwordsOfAddress = { name: 'own-password', perMinute: 30, per: 'address' } as const;

interface SignedInAgent {
  readonly agent: StoredAgent;
  readonly token: string;
}

@Controller('embedded-host/api')
export class SignInController {
  private readonly isHttps: boolean;

  constructor(
    private readonly signIns: SignInService,
    private readonly host: EmbeddedHost,
    @Inject(ENVIRONMENT) environment: Environment,
  ) {
    this.isHttps = environment.baseUrl.startsWith('https:');
  }

  @Post('sign-in')
  @ForVisitors()
  @RateLimited(attemptsFromAddress)
  @Answers(Me)
  async signIn(@Body({ schema: SignIn }) attempt: SignIn, @Res({ passthrough: true }) reply: FastifyReply): Promise<Me> {
    return this.welcome(await this.signIns.signIn(attempt), reply);
  }

  @Post('sign-in-link')
  @ForVisitors()
  @RateLimited(attemptsFromAddress)
  @Answers(Me)
  async signInByLink(
    @Body({ schema: SignInByLink }) { link }: SignInByLink,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Me> {
    return this.welcome(await this.signIns.signInByLink(link), reply);
  }

  @Get('me')
  @ForAgents()
  @Answers(Me)
  me(@SignedInAs() { agent }: SignedInAgent): Me {
    return toMe(agent);
  }

  @Post('password')
  @ForAgents()
  @RateLimited(passwordsOfAddress)
  @Answers(Me)
  setPassword(
    @Body({ schema: OwnPassword }) { password }: OwnPassword,
    @SignedInAs() { agent, token }: SignedInAgent,
  ): Promise<Me> {
    return this.signIns.setPassword(agent.id, password, token);
  }

  @Post('sign-out')
  @ForAgents()
  @AnswersNothing()
  async signOut(@SignedInAs() { agent, token }: SignedInAgent, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.signIns.signOut(token);
    await this.host.endSessions(agent);
    clearAgentCookie(reply, this.isHttps);
  }

  @Post('launch')
  @ForAgents()
  @Answers(Launch)
  launch(@SignedInAs() { agent }: SignedInAgent): Promise<Launch> {
    return this.host.launch(agent);
  }

  private welcome({ token, me }: SignedIn, reply: FastifyReply): Me {
    setAgentCookie(reply, token, this.isHttps);
    return me;
  }
}
