import type { BackendReport } from '../../contract/page.js';
import type { StoredRow } from './plan-change.js';

/** Each key once, however often it is stored. */
export function uniqueKeys(rows: readonly StoredRow[]): string[] {
  return [...new Set(rows.map(({ key }) => key))];
}

/** Configured permissions in their order, and behind them what else is stored. */
export function inOrder(keys: readonly string[], configured: readonly string[]): string[] {
  const known = configured.filter((key) => keys.includes(key));
  return [...known, ...keys.filter((key) => !known.includes(key)).sort()];
}

export function grantsOf(rows: readonly StoredRow[]): { key: string; context: string }[] {
  const cells = new Map(rows.map(({ key, context }) => [`${context} ${key}`, { key, context }]));
  return [...cells].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, cell]) => cell);
}

/** One report for each backend: whoever failed once in a request failed. */
export function reportsOf(...all: readonly (readonly BackendReport[])[]): BackendReport[] {
  const byBackend = new Map<string, BackendReport>();
  for (const report of all.flat()) {
    if (byBackend.get(report.backendId)?.state !== 'failed') byBackend.set(report.backendId, report);
  }
  return [...byBackend.values()];
}
