import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSecretKey } from './environment-secret-key.js';
import { variableDescriptions, Variables } from './environment-variables.js';
import { EnvironmentInvalid, projectDirectory, readEnvironment } from './environment.js';

describe('The environment', () => {
  it('needs nothing to be set', () => {
    const environment = readEnvironment({});

    expect(environment).toEqual({
      mode: 'production',
      host: '127.0.0.1',
      port: 8080,
      baseUrl: 'http://localhost:8080',
      databaseUrl: null,
      databasePoolSize: 10,
      dataDirectory: join(projectDirectory(), '.data'),
      configurationFile: null,
      secretKey: null,
      isEmbeddedHostOn: true,
      redisUrl: null,
      trustProxy: false,
      logLevel: 'info',
    });
  });

  it('takes an empty variable as not given, as containers pass it', () => {
    expect(readEnvironment({ PORT: '', DATABASE_URL: ' ', CLIENTELE_EMBEDDED_HOST: '' })).toEqual(readEnvironment({}));
  });

  it('reads what is set', () => {
    const environment = readEnvironment({
      PORT: '9000',
      HOST: '0.0.0.0',
      DATABASE_URL: 'mysql://otobo:p%40ss@db:3307/otobo',
      DATABASE_POOL_SIZE: '25',
      CLIENTELE_DATA_DIR: '/srv/clientele',
      CLIENTELE_CONFIG: join(projectDirectory(), 'package.json'),
      CLIENTELE_BASE_URL: 'https://clientele.example/',
      CLIENTELE_SECRET_KEY: 'k'.repeat(32),
      CLIENTELE_EMBEDDED_HOST: 'off',
      REDIS_URL: 'rediss://:secret@cache:6380/1',
      TRUST_PROXY: 'loopback, 10.0.0.0/8, fd00::1',
      LOG_LEVEL: 'warn',
      NODE_ENV: 'development',
    });

    expect(environment).toEqual({
      mode: 'development',
      host: '0.0.0.0',
      port: 9000,
      baseUrl: 'https://clientele.example',
      databaseUrl: 'mysql://otobo:p%40ss@db:3307/otobo',
      databasePoolSize: 25,
      dataDirectory: '/srv/clientele',
      configurationFile: join(projectDirectory(), 'package.json'),
      secretKey: 'k'.repeat(32),
      isEmbeddedHostOn: false,
      redisUrl: 'rediss://:secret@cache:6380/1',
      trustProxy: 'loopback, 10.0.0.0/8, fd00::1',
      logLevel: 'warn',
    });
  });

  it('names all wrong values at once, each with what is allowed', () => {
    const problems = problemsOf({ PORT: '80a', LOG_LEVEL: 'loud', CLIENTELE_CONFIG: '/nowhere/clientele.yaml' });

    expect(problems).toEqual([
      'PORT is "80a". Allowed: a whole number from 0 to 65535 (0: any free one). When not set: 8080.',
      'LOG_LEVEL is "loud". Allowed: fatal, error, warn, info, debug, trace, silent. When not set: info.',
      `CLIENTELE_CONFIG is "/nowhere/clientele.yaml". Allowed: a file that can be read. When not set: the helpdesk's default blocks.`,
    ]);
  });

  it.each([
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['HOST', 'two names'],
    ['REDIS_URL', 'memcached://cache'],
    ['REDIS_URL', 'redis:///'],
    ['DATABASE_POOL_SIZE', '1'],
    ['DATABASE_URL', 'oracle://user@host/name'],
    ['DATABASE_URL', 'mysql://user@host/'],
    ['CLIENTELE_BASE_URL', 'clientele.example'],
    ['CLIENTELE_BASE_URL', 'http://clientele.example'],
    ['CLIENTELE_BASE_URL', 'https://clientele.example/path'],
    ['CLIENTELE_BASE_URL', 'http://127.0.0.1.example'],
    ['CLIENTELE_SECRET_KEY', 'short'],
    ['CLIENTELE_EMBEDDED_HOST', 'yes'],
    ['TRUST_PROXY', 'true'],
    ['TRUST_PROXY', '10.0.0.0/33'],
    ['TRUST_PROXY', 'loopback,'],
    ['NODE_ENV', 'staging'],
  ])('refuses %s=%s', (name, value) => {
    const problems = problemsOf({ [name]: value });

    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name} is `));
  });

  it.each([
    ['https://clientele.example:8443', 'https://clientele.example:8443'],
    ['http://localhost:9000', 'http://localhost:9000'],
    ['http://[::1]:9000/', 'http://[::1]:9000'],
  ])('takes %s as the base address', (given, taken) => {
    expect(readEnvironment({ CLIENTELE_BASE_URL: given }).baseUrl).toBe(taken);
  });

  it.each([
    'oracle://anna:s3cret@host/name',
    'oracle://anna:s3cr@et?x@host/name',
    'mysql//anna:s3cret@host/name',
    'mysql://anna:s3cret@host',
    'mysql://anna:x@host/name?password=s3cret',
    'mysql://anna:x@host/name?ssl=s3cret@x',
  ])('shows a wrong database address without its password: %s', (url) => {
    const [problem = ''] = problemsOf({ DATABASE_URL: url });

    expect(problem).toMatch(/^DATABASE_URL is "/);
    expect(problem).not.toMatch(/s3cr|anna/);
  });

  it('never shows a secret key', () => {
    expect(problemsOf({ CLIENTELE_SECRET_KEY: 'tooshort' }).join()).not.toContain('tooshort');
  });

  it('refuses a name that looks like ours and is not, so that no typing error is ignored', () => {
    expect(problemsOf({ CLIENTELE_DATADIR: '/srv', CLIENTELE_TEST_SERVERS: '{}' })).toEqual([
      expect.stringMatching(/^CLIENTELE_DATADIR is no setting\. Known: PORT, HOST, /),
    ]);
  });

  it('is described in the manual, variable by variable', () => {
    const manual = readFileSync(join(projectDirectory(), 'docs', 'environment.md'), 'utf8');
    const rows = Object.entries(variableDescriptions).map(
      ([name, { purpose, allowed, standard }]) => `| \`${name}\` | ${standard} | ${allowed} | ${purpose} |`,
    );

    expect(manual.split('\n').filter((line) => line.startsWith('| `'))).toEqual(rows);
    expect(Object.keys(Variables.shape)).toEqual(Object.keys(variableDescriptions));
  });
});

describe('The secret key', () => {
  let dataDirectory: string;

  beforeEach(() => {
    dataDirectory = join(mkdtempSync(join(tmpdir(), 'secret-key-')), 'data');
  });

  afterEach(() => rmSync(join(dataDirectory, '..'), { recursive: true, force: true }));

  it('is made once, kept, and readable by its owner alone', () => {
    const first = readSecretKey({ secretKey: null, dataDirectory });
    const second = readSecretKey({ secretKey: null, dataDirectory });

    expect(second).toBe(first);
    expect(first.length).toBeGreaterThanOrEqual(43);
    expect(statSync(join(dataDirectory, 'secret-key')).mode & 0o777).toBe(0o600);
  });

  it('is the one that was set, when one was', () => {
    expect(readSecretKey({ secretKey: 'set', dataDirectory })).toBe('set');
  });
});

function problemsOf(variables: NodeJS.ProcessEnv): readonly string[] {
  try {
    readEnvironment(variables);
  } catch (error) {
    if (error instanceof EnvironmentInvalid) return error.problems;
    throw error;
  }
  return [];
}
