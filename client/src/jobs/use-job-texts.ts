import { useI18n } from 'vue-i18n';
import type { Job } from '../../../server/contract/job.js';

/** What a job is about, in words; a request that is not understood leaves its kind. */
export function useJobTexts() {
  const { t, n } = useI18n();

  function title({ kind, request, jobId }: Job): string {
    if (kind === 'undo') return t('jobs.title.undo', { id: textOf(request, 'jobId') });
    if (kind === 'rename-login' || kind === 'rename-customer') return t(`jobs.title.${kind}`, { from: textOf(request, 'from'), to: textOf(request, 'to') });
    const change = partOf(request, 'change');
    const relation = ['group', 'customer', 'service'].find((one) => one === change['relation']);
    const action = ['add', 'remove'].find((one) => one === change['action']);
    if (relation === undefined || action === undefined) return t('jobs.title.unknown', { id: jobId });
    const what = textOf(request, 'name') || textOf(change, 'customerId') || `#${textOf(change, 'groupId') || textOf(change, 'serviceId')}`;
    return t(`jobs.title.${relation}-${action}`, { what, key: textOf(change, 'key') });
  }

  /** Whom a bulk change is for; empty for other jobs. */
  function audience({ kind, request }: Job): string {
    if (kind !== 'bulk-relation') return '';
    const search = textOf(partOf(request, 'search'), 'search');
    return search === '' ? t('jobs.audience.everybody') : t('jobs.audience.search', { search });
  }

  function progress({ progress: { done, total } }: Job): string {
    return total === null ? t('jobs.progress.done', { done: n(done) }, done) : t('jobs.progress.of', { done: n(done), total: n(total) });
  }

  return { title, audience, progress };
}

function partOf(request: Record<string, unknown>, name: string): Record<string, unknown> {
  const part = request[name];
  return typeof part === 'object' && part !== null ? { ...part } : {};
}

function textOf(request: Record<string, unknown>, name: string): string {
  const value = request[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
