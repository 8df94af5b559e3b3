import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import { Client } from 'ldapts';
import { withDeadline, type Deadline } from '../../kernel/deadline.js';
import { LdapFailure, failureOf, tooLate } from './ldap-failure.js';
import type { LdapHost, LdapParams } from './ldap-params.js';

/** A connection that is bound as configured, and never opens itself again: that one would be nobody's. */
export interface LdapConnection {
  readonly client: Client;
  isAlive(): boolean;
  destroy(): void;
}

type Settings = Pick<LdapParams, 'account' | 'ca' | 'unverifiedReason'>;

/** Connects, encrypts and binds, all before the deadline. Throws LdapFailure and leaves no socket behind. */
export async function openLdapConnection(host: LdapHost, settings: Settings, deadline: Deadline): Promise<LdapConnection> {
  const socket = socketTo(host, settings);
  try {
    return await withDeadline(deadline, prepare(socket, host, settings), tooLate);
  } catch (error) {
    socket.destroy();
    throw failureOf(error);
  }
}

async function prepare(socket: Socket, host: LdapHost, settings: Settings): Promise<LdapConnection> {
  await established(socket, host.tls === 'from-start' ? 'secureConnect' : 'connect');
  const client = clientOn(socket);
  if (host.tls === 'start-tls') await startTls(client, tlsOptions(host, settings));
  if (settings.account) await client.bind(settings.account.dn, settings.account.password);
  return { client, isAlive: () => !socket.destroyed && socket.writable, destroy: () => void socket.destroy() };
}

function socketTo(host: LdapHost, settings: Settings): Socket {
  const options = { host: host.host, port: host.port, noDelay: true, keepAlive: true, keepAliveInitialDelay: 30_000 };
  return host.tls === 'from-start' ? connectTls({ ...options, ...tlsOptions(host, settings) }) : connectPlain(options);
}

function established(socket: Socket, event: 'connect' | 'secureConnect'): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once(event, resolve);
    // Stays for good: an error that nobody listens to would end the process.
    socket.on('error', reject);
    socket.once('close', () => reject(new LdapFailure('unreachable', 'the directory closed the connection')));
  });
}

function clientOn(socket: Socket): Client {
  let isTaken = false;
  return new Client({
    url: 'ldap://directory',
    createConnection: () => {
      if (isTaken) throw new LdapFailure('unreachable', 'the connection to the directory was lost');
      isTaken = true;
      return socket;
    },
  });
}

/** A server that does not want to encrypt is not talked to: what follows would go in clear. */
async function startTls(client: Client, options: ConnectionOptions): Promise<void> {
  try {
    await client.startTLS(options);
  } catch (error) {
    const failure = failureOf(error);
    throw failure.kind === 'refused-question' || failure.kind === 'refused-account'
      ? new LdapFailure('untrusted', 'the directory refuses StartTLS')
      : failure;
  }
}

function tlsOptions({ host }: LdapHost, { ca, unverifiedReason }: Settings): ConnectionOptions {
  return {
    host,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(ca === null ? {} : { ca }),
    rejectUnauthorized: unverifiedReason === null,
    minVersion: 'TLSv1.2',
  };
}
