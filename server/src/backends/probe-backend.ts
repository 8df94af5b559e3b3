import type { BackendProbe } from '../../contract/backend.js';
import { deadlineIn } from '../kernel/deadline.js';
import type { Backend } from './backend.js';
import { describeFailure } from './store-failure.js';

const patienceMs = 5_000;

/** Whether the backend answers now, how fast, and if not, why: in words that hold no secret. */
export async function probeBackend(backend: Backend): Promise<BackendProbe> {
  const start = performance.now();
  const failure = await backend.probe(deadlineIn(patienceMs)).then(() => null, describeFailure);
  const latencyMs = Math.round(performance.now() - start);
  const state = failure === null ? 'ok' : 'failed';
  return { backendId: backend.id, state, latencyMs, steps: [{ step: 'search', state, latencyMs, failure }], certificateEndsAt: null, rows: [] };
}
