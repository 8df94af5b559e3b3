import { isSigned } from './signature.js';

/** One request of a host, before anything of it is believed. */
export interface HookRequest {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** As it came over the wire. */
  readonly body: Uint8Array;
}

/** What is known here of the installation that a request claims to come from. */
export interface HookSender {
  readonly installationId: string;
  /** The present key and, for a while after a change, the one before. */
  readonly keys: readonly Uint8Array[];
}

/** Why a request was not believed. The reason is for our log; from outside all but the clock look the same. */
export type HookRefusal =
  | 'header-missing'
  | 'header-malformed'
  | 'installation-unknown'
  | 'outside-window'
  | 'signature-wrong';

export type HookVerdict =
  | { readonly isTrue: true; readonly installationId: string; readonly messageId: string; readonly sentAt: Date }
  | { readonly isTrue: false; readonly refusal: HookRefusal };

/** Seconds that the clocks of host and plugin may differ by, as Standard Webhooks proposes. */
export const toleranceSeconds = 300;
const longestId = 64;
const longestSignature = 1000;

/**
 * Checks the headers of Standard Webhooks and `clientele-installation`, which names the key and is believed for nothing
 * else. The clock is looked at before the signature: it costs nothing and tells an operator more.
 */
export function verifyHook(request: HookRequest, findSender: (installationId: string) => HookSender | null, now: Date): HookVerdict {
  const refused = (refusal: HookRefusal): HookVerdict => ({ isTrue: false, refusal });
  const header = (name: string): string | null => singleText(request.headers[name]);
  const [id, timestamp, signature, installationId] = [
    header('webhook-id'),
    header('webhook-timestamp'),
    header('webhook-signature'),
    header('clientele-installation'),
  ];
  if (id === null || timestamp === null || signature === null || installationId === null) return refused('header-missing');
  const isSane = id.length <= longestId && signature.length <= longestSignature && /^\d{1,12}$/.test(timestamp);
  if (!isSane) return refused('header-malformed');
  const sender = findSender(installationId);
  if (sender === null) return refused('installation-unknown');
  const seconds = Number(timestamp);
  if (Math.abs(now.getTime() / 1000 - seconds) > toleranceSeconds) return refused('outside-window');
  if (!isSigned(sender.keys, { id, timestamp: seconds, body: request.body }, signature)) return refused('signature-wrong');
  return { isTrue: true, installationId: sender.installationId, messageId: id, sentAt: new Date(seconds * 1000) };
}

/** A header that comes twice is no header: two readers would believe two values. */
function singleText(value: string | readonly string[] | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
