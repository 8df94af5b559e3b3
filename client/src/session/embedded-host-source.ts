import type { Launch } from '../../../server/contract/embedded-host.js';
import { answerOf } from '../api/api-client.js';
import { ConnectionFailure } from '../api/failures.js';
import type { SessionSource } from './session-source.js';

const signInPage = '/embedded-host/sign-in';

/** Asks the embedded host, which knows the agent by a cookie that serves for nothing else. */
export function createEmbeddedHostSource(): SessionSource {
  return {
    async launchToken() {
      const response = await askEmbeddedHost('launch', 'POST');
      if (response.status === 401) return null;
      const launch = await answerOf<Launch>(response);
      return launch.launchToken;
    },
    signIn: (nextPath) => window.location.replace(addressOfSignIn(nextPath)),
    signInAddress: addressOfSignIn,
    async signOut() {
      await askEmbeddedHost('sign-out', 'POST');
      window.location.replace(signInPage);
    },
  };
}

/** The header is what another site's form cannot send. */
export async function askEmbeddedHost(path: string, method: 'GET' | 'POST'): Promise<Response> {
  const headers: Record<string, string> = { 'x-clientele-embedded-host': '1', accept: 'application/json' };
  const body = method === 'POST' ? { body: '{}' } : {};
  if (method === 'POST') headers['content-type'] = 'application/json';
  try {
    return await fetch(`/embedded-host/api/${path}`, { method, headers, credentials: 'same-origin', ...body });
  } catch (cause) {
    throw new ConnectionFailure(cause);
  }
}

function addressOfSignIn(nextPath: string): string {
  return `${signInPage}?next=${encodeURIComponent(nextPath)}`;
}
