import { isIP } from 'node:net';
import { z } from 'zod';
import { parseDatabaseUrl } from '../persistence/database-url.js';

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const namedProxies = ['loopback', 'linklocal', 'uniquelocal'];

const wholeNumber = (least: number, most: number): z.ZodType<number, string> =>
  z.string().regex(/^\d{1,5}$/).transform(Number).pipe(z.number().min(least).max(most));

/** What each variable may hold. An empty one counts as not given. */
export const Variables = z.object({
  PORT: wholeNumber(0, 65_535).default(8080),
  HOST: z.string().regex(/^[\w.:-]+$/).default('127.0.0.1'),
  DATABASE_URL: z.string().refine(isDatabaseUrl).optional(),
  // The lock that lets one process migrate holds a connection of its own.
  DATABASE_POOL_SIZE: wholeNumber(2, 100).default(10),
  CLIENTELE_DATA_DIR: z.string().optional(),
  CLIENTELE_CONFIG: z.string().optional(),
  CLIENTELE_BASE_URL: z.string().refine(isBaseUrl).transform((url) => new URL(url).origin).optional(),
  CLIENTELE_SECRET_KEY: z.string().min(32).optional(),
  CLIENTELE_EMBEDDED_HOST: z.enum(['on', 'off']).default('on'),
  REDIS_URL: z.string().refine(isRedisUrl).optional(),
  TRUST_PROXY: z.string().refine(areProxies).default('off'),
  LOG_LEVEL: z.enum(logLevels).default('info'),
  NODE_ENV: z.enum(['production', 'development', 'test']).default('production'),
});

export type VariableName = keyof z.infer<typeof Variables>;

interface VariableDescription {
  readonly purpose: string;
  readonly allowed: string;
  readonly standard: string;
  /** What may be shown of a wrong value; nothing when it is a secret as a whole. */
  readonly show: (value: string) => string;
}

const asIs = (value: string): string => JSON.stringify(value);
const nothing = (): string => 'a value that is not shown';

/** For the error that stops a start, and for docs/environment.md. */
export const variableDescriptions: Readonly<Record<VariableName, VariableDescription>> = {
  PORT: { purpose: 'Port the server listens on.', allowed: 'a whole number from 0 to 65535 (0: any free one)', standard: '8080', show: asIs },
  HOST: {
    purpose: 'Address the server listens on; `0.0.0.0` for all of them, as in a container.',
    allowed: 'an IP address or a host name', standard: '127.0.0.1', show: asIs,
  },
  DATABASE_URL: {
    purpose: 'The main database. Special characters in the password are written as `%XX`.',
    allowed: 'mysql://user:password@host/name, mariadb://… or postgres://…', standard: 'the embedded PostgreSQL', show: withoutCredentials,
  },
  DATABASE_POOL_SIZE: { purpose: 'Connections to the main database held at most.', allowed: 'a whole number from 2 to 100', standard: '10', show: asIs },
  CLIENTELE_DATA_DIR: {
    purpose: 'Where the embedded database and generated secrets are kept. Belongs into the backup.',
    allowed: 'a directory; made when it is missing', standard: '.data in the project', show: asIs,
  },
  CLIENTELE_CONFIG: {
    purpose: 'The configuration file with the customer user and customer backends.',
    allowed: 'a file that can be read', standard: "the helpdesk's default blocks", show: asIs,
  },
  CLIENTELE_BASE_URL: {
    purpose: 'The address under which browsers reach the server.',
    allowed: 'https://name or https://name:port without a path; http:// only for this machine itself',
    standard: 'http://localhost with the port', show: withoutCredentials,
  },
  CLIENTELE_SECRET_KEY: {
    purpose: 'Key for what must be kept secret in the database. The same on all machines that share one.',
    allowed: 'at least 32 characters', standard: 'made once and kept in the data directory', show: nothing,
  },
  CLIENTELE_EMBEDDED_HOST: {
    purpose: 'Whether the built-in host (its own agents and sign-in page) is served.', allowed: 'on or off', standard: 'on', show: asIs,
  },
  REDIS_URL: {
    purpose: 'A Redis by which several server processes tell each other what was written, for backends with a `CacheTTL`.',
    allowed: 'redis://user:password@host/0, or rediss:// over TLS', standard: 'none', show: withoutCredentials,
  },
  TRUST_PROXY: {
    purpose: 'Reverse proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.',
    allowed: `off, or a list of IP addresses, networks such as 10.0.0.0/8, ${namedProxies.join(', ')}, with commas between`,
    standard: 'off', show: asIs,
  },
  LOG_LEVEL: { purpose: 'How much is logged.', allowed: logLevels.join(', '), standard: 'info', show: asIs },
  NODE_ENV: { purpose: 'In development the API is shown as pages.', allowed: 'production, development or test', standard: 'production', show: asIs },
};

function isDatabaseUrl(value: string): boolean {
  try {
    parseDatabaseUrl(value);
    return true;
  } catch {
    return false;
  }
}

function isRedisUrl(value: string): boolean {
  return /^rediss?:\/\/[^/]/.test(value) && URL.canParse(value);
}

/** Session tokens travel to this address: without encryption only inside one machine. */
function isBaseUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  const isBare = url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '' && url.password === '';
  return isBare && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)));
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

function areProxies(value: string): boolean {
  return value === 'off' || value.split(',').every((part) => namedProxies.includes(part.trim()) || isNetwork(part.trim()));
}

function isNetwork(value: string): boolean {
  const [address = '', bits, ...rest] = value.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

/** Everything before the last @ may be a password, as may be the parameters: both are left out. */
function withoutCredentials(value: string): string {
  const [scheme = ''] = /^[a-z]+:\/\//i.exec(value) ?? [];
  const [rest = ''] = value.slice(scheme.length).split(/[?#](?!.*@)/s);
  const at = rest.lastIndexOf('@');
  return JSON.stringify(at === -1 ? scheme + rest : `${scheme}***${rest.slice(at)}`);
}
