/** Time enough to get a new certificate without hurry. */
const warnedDays = 30;
const dayMs = 24 * 60 * 60 * 1000;

export type CertificateState = 'ended' | 'ending' | 'good';

export function certificateState(endsAt: string, now: Date): CertificateState {
  const days = (new Date(endsAt).getTime() - now.getTime()) / dayMs;
  if (days < 0) return 'ended';
  return days < warnedDays ? 'ending' : 'good';
}
