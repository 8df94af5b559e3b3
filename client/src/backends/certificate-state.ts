import type { BackendStatus } from '../../../server/contract/backend.js';

type State = BackendStatus['state'];

/** Said by sign and word: the colour alone says it to nobody who cannot see it. */
export const stateSigns: Readonly<Record<State, { readonly icon: string; readonly color: string }>> = {
  ok: { icon: 'i-lucide-circle-check', color: 'text-success' },
  failing: { icon: 'i-lucide-circle-alert', color: 'text-error' },
  paused: { icon: 'i-lucide-circle-pause', color: 'text-warning' },
  unknown: { icon: 'i-lucide-circle-dashed', color: 'text-muted' },
};

/** Time enough to get a new certificate without hurry. */
const warnedDays = 30;
const dayMs = 24 * 60 * 60 * 1000;

export type CertificateState = 'ended' | 'ending' | 'good';

export function certificateState(endsAt: string, now: Date): CertificateState {
  const days = (new Date(endsAt).getTime() - now.getTime()) / dayMs;
  if (days < 0) return 'ended';
  return days < warnedDays ? 'ending' : 'good';
}
