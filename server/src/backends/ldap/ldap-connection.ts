import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { checkServerIdentity, connect as connectTls, type ConnectionOptions, type PeerCertificate } from 'node:tls';
import { Client } from 'ldapts';
import { withDeadline, type Deadline } from '../../kernel/deadline.js';
import { LdapFailure, failureOf, tooLate } from './ldap-failure.js';
import type { LdapHost, LdapParams } from './ldap-params.js';

/** A connection that never opens itself again: that one would be nobody's. */
export interface LdapConnection {
  readonly client: Client;
  /** `null`: not encrypted, or not checked. */
  readonly certificateEndsAt: Date | null;
  isAlive(): boolean;
  destroy(): void;
}

type Settings = Pick<LdapParams, 'account' | 'ca' | 'unverifiedReason'>;

/** Connects, encrypts and binds, all before the deadline. Throws StoreFailure and leaves no socket behind. */
export async function openLdapConnection(host: LdapHost, settings: Settings, deadline: Deadline): Promise<LdapConnection> {
  const connection = await connectToLdap(host, settings, deadline);
  await bindToLdap(connection, settings, deadline);
  return connection;
}

/** Connects and encrypts, and says nothing yet. Throws StoreFailure and leaves no socket behind. */
export async function connectToLdap(host: LdapHost, settings: Settings, deadline: Deadline): Promise<LdapConnection> {
  const shown: PeerCertificate[] = [];
  const tls = tlsOptions(host, settings, (certificate) => shown.push(certificate));
  const socket = socketTo(host, tls);
  try {
    const client = await withDeadline(deadline, prepare(socket, host, tls), tooLate);
    return {
      client,
      certificateEndsAt: endOf(shown[0]),
      isAlive: () => !socket.destroyed && socket.writable,
      destroy: () => void socket.destroy(),
    };
  } catch (error) {
    socket.destroy();
    throw failureOf(error);
  }
}

/** As configured; without an account nothing is said. Throws StoreFailure and leaves no socket behind. */
export async function bindToLdap(connection: LdapConnection, { account }: Settings, deadline: Deadline): Promise<void> {
  if (account === null) return;
  try {
    await withDeadline(deadline, connection.client.bind(account.dn, account.password), tooLate);
  } catch (error) {
    connection.destroy();
    throw failureOf(error);
  }
}

async function prepare(socket: Socket, host: LdapHost, tls: ConnectionOptions): Promise<Client> {
  await established(socket, host.tls === 'from-start' ? 'secureConnect' : 'connect');
  const client = clientOn(socket);
  if (host.tls === 'start-tls') await startTls(client, tls);
  return client;
}

function endOf(certificate: PeerCertificate | undefined): Date | null {
  const end = new Date(certificate?.valid_to ?? '');
  return Number.isNaN(end.getTime()) ? null : end;
}

function socketTo(host: LdapHost, tls: ConnectionOptions): Socket {
  const options = { host: host.host, port: host.port, noDelay: true, keepAlive: true, keepAliveInitialDelay: 30_000 };
  return host.tls === 'from-start' ? connectTls({ ...options, ...tls }) : connectPlain(options);
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

/** `see`: gets the certificate that the server shows, where it is checked. */
function tlsOptions({ host }: LdapHost, { ca, unverifiedReason }: Settings, see: (certificate: PeerCertificate) => void): ConnectionOptions {
  return {
    host,
    checkServerIdentity: (name, certificate) => {
      see(certificate);
      return checkServerIdentity(name, certificate);
    },
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(ca === null ? {} : { ca }),
    rejectUnauthorized: unverifiedReason === null,
    minVersion: 'TLSv1.2',
  };
}
