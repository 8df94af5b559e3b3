import { accessSync, constants, existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { variableDescriptions, Variables, type VariableName } from './environment-variables.js';

/** Injection token of the one Environment of this process. */
export const ENVIRONMENT = Symbol('ENVIRONMENT');

/** What this process was told from outside, checked once at its start. */
export interface Environment {
  readonly mode: 'production' | 'development' | 'test';
  readonly host: string;
  readonly port: number;
  /** Where browsers reach us: scheme, name and port, no path, no slash at the end. */
  readonly baseUrl: string;
  /** Holds a password: never to be shown. `null`: the embedded database. */
  readonly databaseUrl: string | null;
  readonly databasePoolSize: number;
  /** Absolute. */
  readonly dataDirectory: string;
  /** Absolute; `null`: the helpdesk's default blocks. */
  readonly configurationFile: string | null;
  /** `null`: the one kept in the data directory, see `readSecretKey`. */
  readonly secretKey: string | null;
  readonly isEmbeddedHostOn: boolean;
  /** May hold a password: never to be shown. `null`: no Redis. */
  readonly redisUrl: string | null;
  /** Proxies whose forwarded addresses are believed; `false`: none. */
  readonly trustProxy: string | false;
  readonly logLevel: string;
}

/** Every wrong setting at once, each with its name, its value where that is no secret, and what is allowed. */
export class EnvironmentInvalid extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The settings in the environment are not right:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = new.target.name;
  }
}

/** Throws `EnvironmentInvalid`. */
export function readEnvironment(variables: NodeJS.ProcessEnv): Environment {
  const given = Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) => (value === undefined || value.trim() === '' ? [] : [[name, value.trim()]])),
  );
  const result = Variables.safeParse(given);
  const problems = [...unknownNames(given), ...(result.error?.issues ?? []).map(({ path }) => describe(String(path[0]), given))];
  const file = given.CLIENTELE_CONFIG;
  if (file !== undefined && !isReadable(file)) problems.push(describe('CLIENTELE_CONFIG', given));
  if (!result.success || problems.length > 0) throw new EnvironmentInvalid(problems);

  const { data } = result;
  return {
    mode: data.NODE_ENV,
    host: data.HOST,
    port: data.PORT,
    baseUrl: data.CLIENTELE_BASE_URL ?? `http://localhost:${data.PORT}`,
    databaseUrl: data.DATABASE_URL ?? null,
    databasePoolSize: data.DATABASE_POOL_SIZE,
    dataDirectory: resolve(data.CLIENTELE_DATA_DIR ?? join(projectDirectory(), '.data')),
    configurationFile: data.CLIENTELE_CONFIG === undefined ? null : resolve(data.CLIENTELE_CONFIG),
    secretKey: data.CLIENTELE_SECRET_KEY ?? null,
    isEmbeddedHostOn: data.CLIENTELE_EMBEDDED_HOST === 'on',
    redisUrl: data.REDIS_URL ?? null,
    trustProxy: data.TRUST_PROXY === 'off' ? false : data.TRUST_PROXY,
    logLevel: data.LOG_LEVEL,
  };
}

/** The folder of our package.json, from the sources as well as from the build. */
export function projectDirectory(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}

function describe(name: string, given: Record<string, string>): string {
  if (!isVariable(name)) return `${name} is wrong.`;
  const { show, allowed, standard } = variableDescriptions[name];
  return `${name} is ${show(given[name] ?? '')}. Allowed: ${allowed}. When not set: ${standard}.`;
}

/** A name of ours that is misspelt would be ignored in silence. Those of the test runs are not settings. */
function unknownNames(given: Record<string, string>): string[] {
  return Object.keys(given)
    .filter((name) => name.startsWith('CLIENTELE_') && !name.startsWith('CLIENTELE_TEST_') && !isVariable(name))
    .map((name) => `${name} is no setting. Known: ${Object.keys(variableDescriptions).join(', ')}.`);
}

function isVariable(name: string): name is VariableName {
  return Object.hasOwn(variableDescriptions, name);
}

function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
