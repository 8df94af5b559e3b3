import { includesPermission } from './access.js';

describe('includesPermission', () => {
  it.each([
    [['clientele.admin'], 'clientele.read', true],
    [['clientele.admin'], 'clientele.admin', true],
    [['clientele.write'], 'clientele.read', true],
    [['clientele.read'], 'clientele.write', false],
    [['clientele.write'], 'clientele.admin', false],
    [['clientele.read', 'clientele.write'], 'clientele.write', true],
    [[], 'clientele.read', false],
  ] as const)('%j asked for %s: %s', (held, asked, expected) => {
    expect(includesPermission(held, asked)).toBe(expected);
  });
});
