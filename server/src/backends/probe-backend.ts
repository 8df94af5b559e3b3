import type { BackendProbe } from '../../contract/backend.js';
import { deadlineIn } from '../kernel/deadline.js';
import { askBackends } from './ask-backends.js';
import type { Backend } from './backend.js';
import { reasonOf, type BackendHealth } from './backend-health.js';

const patienceMs = 5_000;

/** Whether the backend answers now, how fast, and if not, why: in words that hold no secret. */
export async function probeBackend(backend: Backend, health: BackendHealth): Promise<BackendProbe> {
  const start = performance.now();
  const deadline = deadlineIn(patienceMs);
  const [answer] = await Promise.all(askBackends([backend], () => backend.probe(deadline), { deadline, health }));
  const failed = answer !== undefined && 'failure' in answer;
  const latencyMs = Math.round(performance.now() - start);
  const failure = failed ? ({ code: 'unknown', detail: reasonOf(answer.failure) } as const) : null;
  return {
    backendId: backend.id,
    state: failed ? 'failed' : 'ok',
    latencyMs,
    steps: [{ step: 'search', state: failed ? 'failed' : 'ok', latencyMs, failure }],
    certificateEndsAt: null,
    rows: [],
  };
}
