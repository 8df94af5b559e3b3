import type { Problem } from '../../../server/contract/problem.js';
import { ApiFailure, ConnectionFailure } from './failures.js';

/** Who lends the bearer token. `renew` gives `null` when the host no longer knows the agent. */
export interface AccessTokens {
  current(): string | null;
  renew(): Promise<string | null>;
}

export type QueryValue = string | number | null | undefined;

export interface ApiRequest {
  method?: 'GET' | 'POST' | 'PATCH';
  query?: Record<string, QueryValue>;
  body?: unknown;
  /** The version the change was made from; sent as `If-Match`. */
  ifMatch?: string;
  signal?: AbortSignal;
}

export interface ApiClient {
  request<Answer>(path: string, request?: ApiRequest): Promise<Answer>;
}

/** Speaks JSON with the plugin's API under `/api/v1`. An ended session is renewed once, behind the caller's back. */
export function createApiClient(tokens: AccessTokens, send: typeof fetch = (...of) => fetch(...of)): ApiClient {
  async function ask(path: string, request: ApiRequest, token: string | null): Promise<Response> {
    try {
      return await send(addressOf(path, request.query), optionsOf(request, token));
    } catch (cause) {
      if (request.signal?.aborted) throw cause;
      throw new ConnectionFailure(cause);
    }
  }

  return {
    async request(path, request = {}) {
      const first = await ask(path, request, tokens.current());
      if (first.status !== 401) return answerOf(first);

      const renewed = await tokens.renew();
      return answerOf(renewed === null ? first : await ask(path, request, renewed));
    },
  };
}

export function addressOf(path: string, query: Record<string, QueryValue> = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return `/api/v1${path}${text === '' ? '' : `?${text}`}`;
}

function optionsOf(request: ApiRequest, token: string | null): RequestInit {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (token !== null) headers['authorization'] = `Bearer ${token}`;
  if (request.ifMatch !== undefined) headers['if-match'] = `"${request.ifMatch}"`;
  if (request.body !== undefined) headers['content-type'] = 'application/json';
  return {
    method: request.method ?? 'GET',
    headers,
    credentials: 'same-origin',
    ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
    ...(request.signal === undefined ? {} : { signal: request.signal }),
  };
}

export async function answerOf<Answer>(response: Response): Promise<Answer> {
  if (!response.ok) throw new ApiFailure(await problemOf(response));
  return response.json();
}

/** What stands between us and the server (a proxy) answers in its own words; it is told as an unknown failure. */
async function problemOf(response: Response): Promise<Problem> {
  const unknown: Problem = {
    type: 'about:blank',
    title: `HTTP ${response.status}`,
    status: response.status,
    code: response.status === 429 ? 'limit.exceeded' : 'internal',
    issues: [],
    correlationId: '',
  };
  if (!(response.headers.get('content-type') ?? '').includes('json')) return unknown;

  try {
    const problem: Partial<Problem> = await response.json();
    return { ...unknown, ...problem };
  } catch {
    return unknown;
  }
}
