import type { Agent } from '../../../server/contract/embedded-host.js';
import { highestPermission, isLastAdmin } from './last-admin.js';

const anAgent = (values: Partial<Agent> = {}): Agent => ({
  login: 'anna',
  name: 'Anna Meier',
  permissions: ['clientele.admin'],
  active: true,
  hasPassword: true,
  ...values,
});

describe('the last administrator', () => {
  it('is the only active agent who administers', () => {
    const anna = anAgent();
    const switchedOff = anAgent({ login: 'bela', active: false });
    const writer = anAgent({ login: 'carla', permissions: ['clientele.write'] });

    expect([anna, switchedOff, writer].map((agent) => isLastAdmin(agent, [anna, switchedOff, writer]))).toEqual([true, false, false]);
  });

  it('is nobody while there are two', () => {
    const both = [anAgent(), anAgent({ login: 'bela' })];

    expect(both.some((agent) => isLastAdmin(agent, both))).toBe(false);
  });
});

describe('the permission shown for an agent', () => {
  it('is the one that includes the others', () => {
    expect(highestPermission(['clientele.read', 'clientele.admin', 'clientele.write'])).toBe('clientele.admin');
    expect(highestPermission(['clientele.read', 'clientele.write'])).toBe('clientele.write');
  });
});
