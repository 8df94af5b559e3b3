import {
  applyDecorators, createParamDecorator, Inject, Injectable, SetMetadata, UseGuards, type CanActivate, type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Permission } from '../../../contract/session.js';
import { DomainError } from '../../kernel/errors.js';
import { ENVIRONMENT, type Environment } from '../../platform/config/environment.js';
import { GuardedBy, includesPermission, rememberBearer } from '../../platform/http/index.js';
import type { StoredAgent } from './agent.js';
import { agentCookieOf, setAgentCookie } from './agent-cookie.js';
import { actorOf } from './embedded-host.js';
import { OwnPagesGuard } from './own-pages.guard.js';
import { SignInService } from './sign-in.service.js';

const AGENT_PERMISSION = 'clientele:agent-permission';

interface SignedInAgent {
  readonly agent: StoredAgent;
  readonly token: string;
}

const signedIn = new WeakMap<FastifyRequest, SignedInAgent>();

/** Knows the agent by the cookie. */
@Injectable()
export class AgentGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly signIns: SignInService,
    @Inject(ENVIRONMENT) private readonly environment: Pick<Environment, 'baseUrl'>,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const token = agentCookieOf(request);
    const present = token === null ? null : await this.signIns.findAgent(token);
    if (token === null || present === null) throw new DomainError('session.expired');
    const { agent, isProlonged } = present;
    const actor = actorOf(agent, request.id);
    const display = { locale: null, timeZone: null, skin: null };
    rememberBearer(request, { actor, permissions: agent.permissions, display, hostType: 'embedded' });
    if (isProlonged) setAgentCookie(http.getResponse<FastifyReply>(), token, this.environment.baseUrl.startsWith('https:'));
    const permission = this.reflector.get<Permission | null>(AGENT_PERMISSION, context.getHandler());
    if (permission !== null && !includesPermission(agent.permissions, permission)) throw new DomainError('permission.missing');
    signedIn.set(request, { agent, token });
    return true;
  }
}

/** For agents who signed in, on our own pages; with a permission for those who have it. */
export function ForAgents(permission: Permission | null = null): MethodDecorator {
  return applyDecorators(
    GuardedBy(permission === null ? 'the agent cookie' : `the agent cookie and ${permission}`),
    SetMetadata(AGENT_PERMISSION, permission),
    UseGuards(OwnPagesGuard, AgentGuard),
  );
}

/** For whoever wants to come in, on our own pages. */
export function ForVisitors(): MethodDecorator {
  return applyDecorators(GuardedBy('the origin of our own pages'), UseGuards(OwnPagesGuard));
}

/** Who is signed in, and the token of the cookie. */
export const SignedInAs = createParamDecorator((_: unknown, context: ExecutionContext): SignedInAgent => {
  const found = signedIn.get(context.switchToHttp().getRequest<FastifyRequest>());
  if (found === undefined) throw new DomainError('session.expired');
  return found;
});
