import type { FastifyReply, FastifyRequest } from 'fastify';
import { signInLifetimeMs } from './sign-in.service.js';

/** Sent by browsers to the embedded host's own API and to nothing else. */
const name = 'clientele_agent';
const path = '/embedded-host/api';

export function agentCookieOf(request: FastifyRequest): string | null {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('=', 2));
  const value = pairs.find(([key]) => key === name)?.[1];
  return value !== undefined && /^[\w-]{43}$/.test(value) ? value : null;
}

export function setAgentCookie(reply: FastifyReply, token: string, isHttps: boolean): void {
  void reply.header('set-cookie', cookie(token, signInLifetimeMs / 1000, isHttps));
}

export function clearAgentCookie(reply: FastifyReply, isHttps: boolean): void {
  void reply.header('set-cookie', cookie('', 0, isHttps));
}

function cookie(value: string, maxAge: number, isHttps: boolean): string {
  const attributes = [`Path=${path}`, `Max-Age=${maxAge}`, 'HttpOnly', 'SameSite=Strict', ...(isHttps ? ['Secure'] : [])];
  return [`${name}=${value}`, ...attributes].join('; ');
}
