import vectors from '../../../plugin-manifest/vectors.json' with { type: 'json' };
import { isSigned, signMessage, type SignedMessage } from './signature.js';

const { secret, id, timestamp, body, signature } = vectors.signature;
const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
const otherKey = Buffer.alloc(32, 7);
const message: SignedMessage = { id, timestamp, body: Buffer.from(body) };

describe('the signature of a message', () => {
  it('is the one that Standard Webhooks publishes for its example', () => {
    expect(signMessage(key, message)).toBe(signature);
  });

  it('holds for the body byte by byte, emoji and all', () => {
    const spoken = { ...message, body: Buffer.from('{"name":"Zoë 🌻"}') };

    expect(isSigned([key], spoken, signMessage(key, spoken))).toBe(true);
    expect(isSigned([key], { ...spoken, body: Buffer.from('{"name": "Zoë 🌻"}') }, signMessage(key, spoken))).toBe(false);
  });

  it.each([
    ['another id', { ...message, id: `${id}x` }, signature],
    ['another time', { ...message, timestamp: timestamp + 1 }, signature],
    ['one byte of the body changed', { ...message, body: Buffer.from(body.replace('3', '4')) }, signature],
    ['a shortened signature', message, signature.slice(0, -4)],
    ['an empty signature', message, 'v1,'],
    ['no signature', message, ''],
    ['a scheme that is not known', message, signature.replace('v1,', 'v2,')],
    ['no scheme', message, signature.slice('v1,'.length)],
    ['a key of somebody else', message, signMessage(otherKey, message)],
  ])('does not hold with %s', (_, changed, header) => {
    expect(isSigned([key], changed, header)).toBe(false);
  });

  it('is looked for among several, while a key is being changed', () => {
    const header = `v1a,ed25519== ${signMessage(otherKey, message)} ${signature}`;

    expect(isSigned([key], message, header)).toBe(true);
    expect(isSigned([otherKey, key], message, signature)).toBe(true);
  });

  it('is not looked for in a list that was made to keep us busy', () => {
    expect(isSigned([key], message, `${'v1,AAAA '.repeat(100)}${signature}`)).toBe(false);
  });
});
