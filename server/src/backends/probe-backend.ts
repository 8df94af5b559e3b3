import { probeSteps, type BackendFailure, type BackendProbe, type ProbeStep } from '../../contract/backend.js';
import { deadlineIn, withDeadline, type Deadline } from '../kernel/deadline.js';
import type { InspectedRow, RunStep } from './backend-driver.js';
import type { WatchedBackend } from './backend-factory.js';
import { probeWarnings } from './probe-warnings.js';
import { describeFailure, StoreFailure } from './store-failure.js';

/** A person waits for it, and a slow directory should show how slow it is. */
const patienceMs = 10_000;
/** The step that was late tells it first. */
const furtherMs = 1_000;

type Step = BackendProbe['steps'][number];

/** A real test of one backend, step by step. Also while it is left alone: its outcome counts as the next attempt. */
export async function probeBackend({ backend, inspector, health }: WatchedBackend): Promise<BackendProbe> {
  const start = performance.now();
  const deadline = deadlineIn(patienceMs);
  const steps = new Steps(deadline);
  const rows = await health.askNow(() => inspector.inspect(steps.run, deadline), deadlineIn(patienceMs + furtherMs)).catch((error: unknown) => {
    if (steps.failure === null) throw error;
    return [];
  });
  return {
    backendId: backend.id,
    state: steps.failure === null ? 'ok' : 'failed',
    latencyMs: Math.round(performance.now() - start),
    steps: steps.all,
    certificateEndsAt: inspector.certificateEndsAt?.toISOString() ?? null,
    rows: rows.map((row) => shown(row, backend)),
  };
}

function shown(row: InspectedRow, { fields, kind }: WatchedBackend['backend']): BackendProbe['rows'][number] {
  const raw: Record<string, string[]> = {};
  for (const [name, values] of Object.entries(row.raw)) raw[name] = [...values];
  return { raw, mapped: { ...row.values }, warnings: probeWarnings(row, fields, kind) };
}

/** What became of each step, in their order. */
class Steps {
  private readonly done = new Map<ProbeStep, Step>();

  constructor(private readonly deadline: Deadline) {}

  get all(): Step[] {
    return probeSteps.map((step) => this.done.get(step) ?? { step, state: 'skipped', latencyMs: null, failure: null });
  }

  get failure(): BackendFailure | null {
    return this.all.find(({ state }) => state === 'failed')?.failure ?? null;
  }

  readonly run: RunStep = async (step, work) => {
    const start = performance.now();
    const note = (failure: BackendFailure | null): void => {
      this.done.set(step, { step, state: failure === null ? 'ok' : 'failed', latencyMs: Math.round(performance.now() - start), failure });
    };
    try {
      const value = await withDeadline(this.deadline, work(), () => new StoreFailure('too-late', 'no answer in time'));
      note(null);
      return value;
    } catch (error) {
      note(describeFailure(error));
      throw error;
    }
  };
}
