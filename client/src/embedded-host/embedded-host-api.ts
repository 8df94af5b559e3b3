import type {
  Agent,
  AgentCreate,
  AgentCreated,
  AgentList,
  AgentPatch,
  Me,
  OwnPassword,
  SignIn,
  SignInByLink,
} from '../../../server/contract/embedded-host.js';
import { answerOf } from '../api/api-client.js';
import { ConnectionFailure } from '../api/failures.js';

export const embeddedHost = {
  me: () => ask<Me>('GET', 'me'),
  signIn: (attempt: SignIn) => ask<Me>('POST', 'sign-in', attempt),
  signInByLink: (attempt: SignInByLink) => ask<Me>('POST', 'sign-in-link', attempt),
  setOwnPassword: (change: OwnPassword) => ask<Me>('POST', 'password', change),
  agents: () => ask<AgentList>('GET', 'agents'),
  addAgent: (agent: AgentCreate) => ask<AgentCreated>('POST', 'agents', agent),
  changeAgent: (login: string, patch: AgentPatch) => ask<Agent>('PATCH', `agents/${encodeURIComponent(login)}`, patch),
};

/** The header says that a page of ours asks: no form or link of another origin can send it without being asked first. */
async function ask<Answer>(method: 'GET' | 'POST' | 'PATCH', path: string, body?: object): Promise<Answer> {
  const response = await fetch(`/embedded-host/api/${path}`, {
    method,
    headers: {
      'X-Clientele-Embedded-Host': '1',
      Accept: 'application/json',
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    credentials: 'same-origin',
    cache: 'no-store',
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch((cause: unknown) => {
    throw new ConnectionFailure(cause);
  });
  return answerOf(response);
}
