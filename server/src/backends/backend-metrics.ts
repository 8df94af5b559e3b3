import { Counter, Gauge, type Registry } from 'prom-client';
import type { BackendRegistry } from './backend-registry.js';

const states = ['ok', 'failing', 'paused', 'unknown'] as const;

/** How backends are doing, by the name of the block; read when it is asked for. */
export function measureBackends(metrics: Registry, backends: BackendRegistry): void {
  const registers = [metrics];
  new Gauge({
    name: 'clientele_backend_state',
    help: 'The state of each backend: 1 for the one it is in',
    labelNames: ['backend', 'state'],
    registers,
    collect() {
      for (const { backendId, state } of backends.statuses) {
        for (const possible of states) this.set({ backend: backendId, state: possible }, possible === state ? 1 : 0);
      }
    },
  });
  const totals = [
    { name: 'clientele_backend_answers_total', help: 'Questions that the backend answered', read: 'answers' },
    { name: 'clientele_backend_answer_seconds_total', help: 'Time that its answers took together', read: 'seconds' },
    { name: 'clientele_backend_failures_total', help: 'Questions that it gave no answer to', read: 'failures' },
  ] as const;
  for (const { name, help, read } of totals) {
    new Counter({
      name,
      help,
      labelNames: ['backend'],
      registers,
      collect() {
        this.reset();
        for (const { backendId, measures } of backends.healths) this.inc({ backend: backendId }, measures[read]);
      },
    });
  }
}
