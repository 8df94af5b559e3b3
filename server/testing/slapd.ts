import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'ldapts';
import { spawnGuarded, tailOf, type GuardedServer } from '../src/platform/persistence/embedded-postgres-guard.js';
import { onFreePort } from './provision-port.js';

export const suffix = 'dc=example,dc=net';
export const admin = { dn: `cn=admin,${suffix}`, password: 'directory-admin-password' } as const;
/** An ordinary account, with the limits of the server; its password is in every directory that `startSlapd` makes. */
export const service = { dn: `cn=service,${suffix}`, password: 'directory-service-password' } as const;
/** People and awkward entries, 260 of them. */
export const exampleDirectory = join(__dirname, 'directory.ldif');

export interface TestDirectory {
  readonly port: number;
  /** For `ldaps://`; the other port speaks StartTLS too. Both only with a certificate. */
  readonly tlsPort: number;
  /** Bound as the administrator; whoever asks for it unbinds it. */
  client(): Promise<Client>;
  /** Ends the server, which keeps what it holds, and starts it again at the same address. */
  halt(): Promise<void>;
  resume(): Promise<void>;
  stop(): Promise<void>;
}

export interface SlapdOptions {
  /** An LDIF file to begin with, instead of an empty directory. */
  readonly ldif?: string;
  readonly sizeLimit?: number;
  /** Lines of slapd.conf(5): attributes and classes of the test's own. */
  readonly schema?: readonly string[];
  /** The same about its one database: indexes, limits. */
  readonly database?: readonly string[];
  readonly certificate?: { readonly certFile: string; readonly keyFile: string };
}

/** A private slapd of the system's package in a temporary folder, on free loopback ports. */
export async function startSlapd({ ldif, sizeLimit, schema = [], database = [], certificate }: SlapdOptions = {}): Promise<TestDirectory> {
  const server = find(['/usr/sbin/slapd', '/opt/homebrew/opt/openldap/libexec/slapd', '/usr/local/opt/openldap/libexec/slapd']);
  const schemas = find(['/etc/ldap/schema', '/opt/homebrew/etc/openldap/schema', '/usr/local/etc/openldap/schema']);
  const directory = mkdtempSync(join(tmpdir(), `clientele-test-${process.pid}-slapd-`));
  chmodSync(directory, 0o700);
  mkdirSync(join(directory, 'data'));
  const configuration = join(directory, 'slapd.conf');
  writeFileSync(configuration, [
    ...['core', 'cosine', 'inetorgperson', 'nis'].map((name) => `include ${join(schemas, `${name}.schema`)}`),
    ...schema,
    `pidfile ${join(directory, 'slapd.pid')}`,
    ...(existsSync('/usr/lib/ldap') ? ['modulepath /usr/lib/ldap', 'moduleload back_mdb'] : []),
    ...(sizeLimit === undefined ? [] : [`sizelimit ${sizeLimit}`]),
    ...(certificate ? [`TLSCertificateFile ${certificate.certFile}`, `TLSCertificateKeyFile ${certificate.keyFile}`] : []),
    'database mdb', 'maxsize 1073741824', 'dbnosync', `suffix "${suffix}"`, `directory ${join(directory, 'data')}`,
    `rootdn "${admin.dn}"`, `rootpw ${admin.password}`, 'index objectClass eq', 'index uid eq,subinitial', ...database,
  ].join('\n'), { mode: 0o600 });
  if (ldif !== undefined) await promisify(execFile)(server, ['-T', 'add', '-q', '-f', configuration, '-l', ldif]);

  return onFreePort((port) => onFreePort(async (tlsPort) => {
    const logFile = join(directory, 'slapd.log');
    const addresses = `ldap://127.0.0.1:${port}/${certificate ? ` ldaps://127.0.0.1:${tlsPort}/` : ''}`;
    const client = async (): Promise<Client> => {
      const opened = new Client({ url: `ldap://127.0.0.1:${port}` });
      await opened.bind(admin.dn, admin.password);
      return opened;
    };
    const start = async (): Promise<GuardedServer> => {
      const process = spawnGuarded(server, ['-f', configuration, '-h', addresses, '-d', '0'], { logFile, user: {}, stopSignal: 'INT' });
      const deadline = performance.now() + 30_000;
      while (!(await answers(client))) {
        if (process.ended() !== null || performance.now() > deadline) {
          await process.stop();
          throw new Error(`slapd did not start. Its log ends with:\n${tailOf(logFile)}`);
        }
        await pause(20);
      }
      return process;
    };
    let process = await start();
    if (ldif === undefined) await addRoot(await client());
    await addService(await client());
    const halt = (): Promise<void> => process.stop();
    const resume = async (): Promise<void> => {
      process = await start();
    };
    const stop = async (): Promise<void> => {
      await halt();
      rmSync(directory, { recursive: true, force: true });
    };
    return { port, tlsPort, client, halt, resume, stop };
  }));
}

/** RFC 4514: one step of a name, with every character that means something taken for itself. */
export function rdn(attribute: string, value: string): string {
  const escaped = [...value].map((character) => (/^[\p{L}\p{N}]$/u.test(character) ? character : hexPairs(character))).join('');
  return `${attribute}=${escaped}`;
}

function hexPairs(character: string): string {
  return Buffer.from(character).toString('hex').replace(/../g, '\\$&');
}

async function answers(client: () => Promise<Client>): Promise<boolean> {
  try {
    await (await client()).unbind();
    return true;
  } catch {
    return false;
  }
}

async function addRoot(client: Client): Promise<void> {
  await client.add(suffix, { objectClass: ['dcObject', 'organization'], dc: 'example', o: 'Example' });
  await client.unbind();
}

async function addService(client: Client): Promise<void> {
  await client.add(service.dn, { objectClass: ['organizationalRole', 'simpleSecurityObject'], cn: 'service', userPassword: service.password });
  await client.unbind();
}

function find(candidates: readonly string[]): string {
  const found = candidates.find((path) => existsSync(path));
  if (found === undefined) throw new Error(`slapd is missing (looked for ${candidates.join(', ')}). Install it: apt-get install slapd`);
  return found;
}
