import type { Environment } from '../platform/config/environment.js';

/** The configured address; where none is configured, the one that this machine's browser can open. */
export function publicAddress({ baseUrl, host, port }: Environment, listeningPort = port): string {
  if (baseUrl !== `http://localhost:${port}`) return baseUrl;
  const name = ['0.0.0.0', '::'].includes(host) ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${listeningPort}`;
}
