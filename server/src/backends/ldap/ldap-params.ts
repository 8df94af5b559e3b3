import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { z } from 'zod';
import { filledText, flag, text } from '../../configuration/index.js';
import { ldapCharset, type LdapCharset } from './ldap-charset.js';

/** One server of a directory. */
export interface LdapHost {
  readonly host: string;
  readonly port: number;
  readonly tls: 'none' | 'from-start' | 'start-tls';
}

const port = z.coerce.number().int().min(1).max(65_535);

/** The helpdesk hands these to its client; `async` means nothing here. */
const Connection = z.looseObject({
  port: port.optional(),
  timeout: z.coerce.number().positive().max(600).default(120),
  version: z.coerce.number().refine((version) => version === 3, { error: 'only version 3 is spoken' }).default(3),
});

/** `Params` of a directory block, in the helpdesk's words; CAFile, StartTLS and UnverifiedTLSReason are ours. */
export const LdapParams = z
  .looseObject({
    Host: z.union([filledText, z.array(filledText).min(1)]).transform((given) => (typeof given === 'string' ? [given] : given)),
    BaseDN: text,
    SSCOPE: z.enum(['base', 'one', 'sub'], { error: 'expected base, one or sub' }),
    UserDN: text.default(''),
    UserPw: text.default(''),
    AlwaysFilter: text.default(''),
    SourceCharset: filledText.default('utf-8'),
    GroupDN: text.default(''),
    Die: flag.default(false),
    Params: Connection.default({ timeout: 120, version: 3 }),
    StartTLS: flag.default(false),
    /** Certificates that are trusted, in PEM form, instead of the system's. */
    CAFile: filledText.optional(),
    /** Whoever switches the check of certificates off says why. */
    UnverifiedTLSReason: text.refine((reason) => reason.trim().length >= 10, { error: 'expected a reason of at least 10 characters' }).optional(),
  })
  .transform((given, context) => ({
    hosts: given.Host.flatMap((host, index) => {
      const read = readHost(host, given);
      if (read === null) context.addIssue({ code: 'custom', path: ['Host', index], message: 'expected host, host:port, ldap://… or ldaps://…' });
      return read ?? [];
    }),
    baseDn: given.BaseDN,
    scope: given.SSCOPE,
    /** `null`: nobody, also while one of the two is missing (an empty password would count as anonymous anyway). */
    account: given.UserDN !== '' && given.UserPw !== '' ? { dn: given.UserDN, password: given.UserPw } : null,
    hasHalfAnAccount: (given.UserDN === '') !== (given.UserPw === ''),
    alwaysFilter: given.AlwaysFilter.trim() || null,
    charset: charsetOf(given.SourceCharset, context),
    groupDn: given.GroupDN || null,
    mustAnswerAtStart: given.Die,
    timeoutMs: given.Params.timeout * 1000,
    ca: given.CAFile === undefined ? null : certificatesIn(given.CAFile, context),
    unverifiedReason: given.UnverifiedTLSReason ?? null,
  }));
export type LdapParams = z.output<typeof LdapParams>;

/** Only the wish to check nothing says so: everything else is checked. */
export type LdapSecurity = Pick<LdapParams, 'ca' | 'unverifiedReason'>;

function readHost(given: string, { StartTLS, Params }: { StartTLS: boolean; Params: { port?: number | undefined } }): LdapHost | null {
  const [, scheme, rest = ''] = /^(?:(ldaps?):\/\/)?([^/]*)\/?$/i.exec(given.trim()) ?? [];
  const isTls = scheme?.toLowerCase() === 'ldaps';
  const [, bracketed, plain, portText] = /^(?:\[([^\]]+)\]|([^:[\]]+))(?::(\d+))?$/.exec(rest) ?? [];
  const host = bracketed ?? plain ?? (isIP(rest) === 6 ? rest : undefined);
  const chosen = port.safeParse(portText ?? Params.port ?? (isTls ? 636 : 389));
  if (host === undefined || !chosen.success) return null;
  return { host, port: chosen.data, tls: isTls ? 'from-start' : StartTLS ? 'start-tls' : 'none' };
}

function charsetOf(name: string, context: z.RefinementCtx): LdapCharset {
  const charset = ldapCharset(name);
  if (charset) return charset;
  context.addIssue({ code: 'custom', path: ['SourceCharset'], message: 'expected utf-8 or a character set of one byte per character' });
  return z.NEVER;
}

function certificatesIn(path: string, context: z.RefinementCtx): string {
  try {
    const certificates = readFileSync(path, 'utf8');
    if (certificates.includes('-----BEGIN CERTIFICATE-----')) return certificates;
  } catch {
    // Told below: a file that cannot be read holds none.
  }
  context.addIssue({ code: 'custom', path: ['CAFile'], message: 'is no readable file with certificates in PEM form' });
  return z.NEVER;
}
