import vectors from '../../../../plugin-manifest/vectors.json' with { type: 'json' };
import { derivedKey } from './derived-key.js';

describe('derivedKey', () => {
  it.each(['clientele/hook/v1', 'clientele/callback/v1', 'clientele/sso/v1'] as const)('gives the key that a host derives for %s', (purpose) => {
    const key = derivedKey(vectors.keys.secret, purpose);

    expect(Buffer.from(key).toString('hex')).toBe(vectors.keys[purpose]);
  });

  it('gives another key for another secret', () => {
    expect(derivedKey('a'.repeat(32), 'clientele/sso/v1')).not.toEqual(derivedKey('b'.repeat(32), 'clientele/sso/v1'));
  });
});
