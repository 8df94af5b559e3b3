import { derivedKey } from './derived-key.js';

describe('derivedKey', () => {
  it.each([
    ['clientele/hook/v1', '52b686b67f782f3c3fd0956493cc7a1de8d20aa676caeacbefc891aa4a68c477'],
    ['clientele/callback/v1', '89c2f9ca1b153bc21b0b6d2cb2c645a30849146bde623b229699ed77ac15f51b'],
    ['clientele/sso/v1', 'bfef3be995ee014eca045eba3c5357f662ea0171a231579b6eb4fedf48eb86d2'],
  ] as const)('gives the key that a host derives for %s', (purpose, expected) => {
    const key = derivedKey('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', purpose);

    expect(Buffer.from(key).toString('hex')).toBe(expected);
  });

  it('gives another key for another secret', () => {
    expect(derivedKey('a'.repeat(32), 'clientele/sso/v1')).not.toEqual(derivedKey('b'.repeat(32), 'clientele/sso/v1'));
  });
});
