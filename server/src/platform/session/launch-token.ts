import { randomBytes } from 'node:crypto';
import { decodeProtectedHeader, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { Permission, type SessionDescription } from '../../../contract/session.js';
import { DomainError } from '../../kernel/errors.js';
import type { HostAgent, LaunchHost, LaunchHosts } from './launch-host.js';

/** Seconds. A launch token is made for one page view and used at once. */
const lifetime = 60;
const longestLifetime = 120;
const clockLeeway = 30;
/** What each host may sign with; a host that can keep a private key gets another list of its own one day. */
const algorithms = ['HS256'];

const Claims = z.object({
  sub: z.string().regex(/^agent:.{1,100}$/u),
  login: z.string().min(1).max(200),
  name: z.string().max(400),
  perm: z.array(Permission),
  origin: z.string(),
  locale: z.string().max(35).nullable().default(null),
  tz: z.string().max(50).nullable().default(null),
  skin: z.enum(['light', 'dark']).nullable().default(null),
  jti: z.string().min(16).max(64),
  iat: z.number(),
  exp: z.number(),
});

/** A launch token whose signature and claims hold. Whether it was used before is not known yet. */
export interface Launch {
  readonly host: LaunchHost;
  readonly agentId: string;
  readonly tokenId: string;
  readonly display: SessionDescription['display'];
  /** Until when the token could be shown again. */
  readonly expiresAt: Date;
}

/** One-time token (JWT, RFC 7519) by which a host's page opens a session for this agent. */
export async function mintLaunchToken(host: LaunchHost, agent: HostAgent, audience: string, now: Date): Promise<string> {
  const issuedAt = Math.floor(now.getTime() / 1000);
  const origin = host.parentOrigins[0] ?? audience;
  return new SignJWT({ login: agent.login, name: agent.name, perm: [...agent.permissions], origin })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: `${host.installationId}:1` })
    .setIssuer(issuerOf(host))
    .setAudience(audience)
    .setSubject(`agent:${agent.id}`)
    .setJti(randomBytes(16).toString('base64url'))
    .setIssuedAt(issuedAt)
    .setNotBefore(issuedAt - 5)
    .setExpirationTime(issuedAt + lifetime)
    .sign(host.key);
}

/** Every reason to refuse looks the same from outside (`session.expired`): who tries learns nothing from it. */
export async function verifyLaunchToken(token: string, hosts: LaunchHosts, audience: string, now: Date): Promise<Launch> {
  try {
    const host = hostOf(token, hosts);
    const { payload } = await jwtVerify(token, host.key, {
      algorithms,
      issuer: issuerOf(host),
      audience,
      clockTolerance: clockLeeway,
      currentDate: now,
      requiredClaims: ['sub', 'jti', 'iat', 'nbf', 'exp'],
    });
    const claims = Claims.parse(payload);
    if (claims.exp - claims.iat > longestLifetime) throw new Error('lives too long');
    if (!host.parentOrigins.includes(claims.origin)) throw new Error('made for a strange origin');
    return {
      host,
      agentId: claims.sub.slice('agent:'.length),
      tokenId: claims.jti,
      display: { locale: claims.locale, timeZone: claims.tz, skin: claims.skin },
      expiresAt: new Date((claims.exp + clockLeeway) * 1000),
    };
  } catch (cause) {
    throw new DomainError('session.expired', { message: 'launch token refused', cause });
  }
}

/** The key is chosen by the header, which is not trusted for anything else. */
function hostOf(token: string, hosts: LaunchHosts): LaunchHost {
  if (token.split('.').length !== 3) throw new Error('not three parts');
  const { kid, alg } = decodeProtectedHeader(token);
  if (alg === undefined || !algorithms.includes(alg)) throw new Error('algorithm not allowed');
  const host = hosts.find(kid?.split(':')[0] ?? '');
  if (host === null) throw new Error('unknown installation');
  return host;
}

function issuerOf(host: LaunchHost): string {
  return `urn:clientele:host:${host.installationId}`;
}
