import { signMessage } from './signature.js';
import { verifyHook, type HookRequest } from './verify-hook.js';

const now = new Date('2026-11-22T10:00:00Z');
const seconds = now.getTime() / 1000;
const key = Buffer.alloc(32, 1);
const formerKey = Buffer.alloc(32, 2);
const body = Buffer.from('{"specversion":"1.0","id":"evt_1"}');
const sender = { installationId: 'inst_1', keys: [key, formerKey] };
const findSender = (installationId: string): typeof sender | null => (installationId === 'inst_1' ? sender : null);

interface Sent {
  readonly key?: Buffer;
  readonly timestamp?: number;
  readonly body?: Buffer;
  readonly headers?: HookRequest['headers'];
}

function aRequest(sent: Sent = {}): HookRequest {
  const timestamp = sent.timestamp ?? seconds;
  return {
    headers: {
      'webhook-id': 'evt_1',
      'webhook-timestamp': String(timestamp),
      'webhook-signature': signMessage(sent.key ?? key, { id: 'evt_1', timestamp, body }),
      'clientele-installation': 'inst_1',
      ...sent.headers,
    },
    body: sent.body ?? body,
  };
}

describe('a request of a host', () => {
  it('is believed when it is signed with the key of its installation', () => {
    expect(verifyHook(aRequest(), findSender, now)).toEqual({ isTrue: true, installationId: 'inst_1', messageId: 'evt_1', sentAt: now });
  });

  it('is believed with the key before, while keys are being changed', () => {
    expect(verifyHook(aRequest({ key: formerKey }), findSender, now)).toMatchObject({ isTrue: true });
  });

  it.each([299, -299, 300, -300])('is believed from a clock that is %i seconds off', (off) => {
    expect(verifyHook(aRequest({ timestamp: seconds + off }), findSender, now)).toMatchObject({ isTrue: true });
  });

  it.each<[string, Sent, string]>([
    ['without an id', { headers: { 'webhook-id': undefined } }, 'header-missing'],
    ['without a time', { headers: { 'webhook-timestamp': undefined } }, 'header-missing'],
    ['without a signature', { headers: { 'webhook-signature': '' } }, 'header-missing'],
    ['without an installation', { headers: { 'clientele-installation': undefined } }, 'header-missing'],
    ['with a header that came twice', { headers: { 'webhook-id': ['evt_1', 'evt_2'] } }, 'header-missing'],
    ['with an id as long as a book', { headers: { 'webhook-id': 'e'.repeat(65) } }, 'header-malformed'],
    ['with a signature as long as a book', { headers: { 'webhook-signature': `v1,${'A'.repeat(1000)}` } }, 'header-malformed'],
    ['with a time that is no number', { headers: { 'webhook-timestamp': '1e9' } }, 'header-malformed'],
    ['with a time before 1970', { headers: { 'webhook-timestamp': '-5' } }, 'header-malformed'],
    ['of an installation that nobody knows', { headers: { 'clientele-installation': 'inst_2' } }, 'installation-unknown'],
    ['that is too old', { timestamp: seconds - 301 }, 'outside-window'],
    ['from the future', { timestamp: seconds + 301 }, 'outside-window'],
    ['with another id than was signed', { headers: { 'webhook-id': 'evt_2' } }, 'signature-wrong'],
    ['with another time than was signed', { headers: { 'webhook-timestamp': String(seconds - 1) } }, 'signature-wrong'],
    ['with one byte of its body changed', { body: Buffer.from('{"specversion":"1.0","id":"evt_2"}') }, 'signature-wrong'],
    ['signed with a key of somebody else', { key: Buffer.alloc(32, 3) }, 'signature-wrong'],
  ])('is refused %s', (_, sent, refusal) => {
    expect(verifyHook(aRequest(sent), findSender, now)).toEqual({ isTrue: false, refusal });
  });
});
