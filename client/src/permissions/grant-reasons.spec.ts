import type { GrantReason } from '../../../server/contract/grant.js';
import { besideSentences, fullReason, whyNotSentence } from './grant-reasons.js';

const acme = { customerId: 'ACME', state: 'known', name: 'Acme Tools', validity: 'valid', backendId: 'CustomerCompany' } as const;
const byAcme: GrantReason = { kind: 'customer', key: 'rw', customer: acme, memberships: ['primary'] };

test('says a way once beside the boxes, though it gives several permissions', () => {
  const sentences = besideSentences([
    { key: 'ro', reasons: [byAcme, { kind: 'always-group' }] },
    { key: 'rw', reasons: [byAcme, { kind: 'always-group' }] },
  ]);

  expect(sentences.map(({ key, params }) => [key, params])).toEqual([
    ['permissions.beside.customer', { key: 'rw', customer: 'Acme Tools' }],
    ['permissions.beside.always-group', {}],
  ]);
});

test('leads from a reason to the page where it can be changed', () => {
  expect(fullReason('a/b', 'Support & Sales', byAcme).path).toBe('/customers/ACME/groups?search=Support%20%26%20Sales');
  expect(fullReason('a/b', 'Support & Sales', { kind: 'direct', key: 'ro' }).path).toBe('/customer-users/a%2Fb/groups?search=Support%20%26%20Sales');
  expect(fullReason('a/b', 'Support & Sales', { kind: 'always-group' }).path).toBeNull();
});

test('tells a smaller permission from none at all', () => {
  expect(whyNotSentence('rw', { kind: 'no-direct-grant', has: ['ro'] }).key).toBe('permissions.why-not.no-direct-grant.less');
  expect(whyNotSentence('rw', { kind: 'no-direct-grant', has: [] }).key).toBe('permissions.why-not.no-direct-grant.nothing');
});
