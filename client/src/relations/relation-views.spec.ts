import type { ApiClient } from '../api/api-client.js';
import type { RelationRow } from './relation-row.js';
import type { RelationView } from './relation-view.js';
import { customersOfPerson, groupsOfCustomer, peopleOfGroup, servicesOfPerson } from './relation-views.js';

const settings = {
  isSupportOn: true,
  keys: ['ro', 'rw'],
  contexts: [
    { context: 'Same', name: 'Same', kind: 'same' as const },
    { context: 'Other', name: 'Other', kind: 'other' as const },
  ],
  alwaysGroups: [],
  companyAlwaysGroups: [],
  isServiceOn: true,
};
const acme = { customerId: 'ACME', state: 'known', name: 'Acme Tools', validity: 'valid', backendId: 'CustomerCompany' };
const anna = { login: 'a/meier', state: 'known', fullName: 'Anna Meier', email: 'a@b.example', customerId: 'ACME', validity: 'valid', backendId: 'CustomerUser' };

/** The rows of an answer as the server gives it. */
async function rowsOf(view: RelationView, items: object[]): Promise<readonly RelationRow[]> {
  const api = { request: async () => ({ items, nextCursor: null }) } as unknown as ApiClient;
  const { rows } = await view.page(api, { search: '', show: 'all', limit: 50, cursor: null });
  return rows;
}

test('keeps a membership of the record fixed, and one that is assigned as well removable', async () => {
  const rows = await rowsOf(customersOfPerson('anna'), [
    { customer: acme, kinds: ['primary'] },
    { customer: acme, kinds: ['listed', 'assigned'] },
    { customer: acme, kinds: [] },
  ]);

  expect(rows.map(({ isFixed, stored, beside }) => [isFixed, stored.length, beside[0]?.key])).toEqual([
    [true, 0, 'relations.membership.primary'],
    [false, 1, 'relations.membership.listed'],
    [false, 0, undefined],
  ]);
});

test('leads to the same relation from the other side, and from what is unknown nowhere', async () => {
  const rows = await rowsOf(peopleOfGroup(7, settings), [
    { customerUser: anna, keys: ['ro'], through: [] },
    { customerUser: { ...anna, login: 'gone', state: 'unknown', fullName: null, email: null }, keys: ['ro'], through: [] },
  ]);

  expect(rows.map(({ end }) => [end.path, end.label])).toEqual([
    ['/customer-users/a%2Fmeier/groups', 'Anna Meier (a/meier)'],
    [null, 'gone'],
  ]);
});

test('names a service that is gone by its number, and lets it be removed', async () => {
  const [row] = await rowsOf(servicesOfPerson('anna'), [{ service: { serviceId: 12, name: null, validity: null }, assigned: true }]);

  expect(row).toMatchObject({ identity: { serviceId: 12 }, isFixed: false, end: { name: '#12', state: 'unknown', path: null } });
});

test('has a box for every permission in every context of a customer', () => {
  expect(groupsOfCustomer('ACME', settings).cells).toEqual([
    { key: 'ro', context: 'Same' },
    { key: 'rw', context: 'Same' },
    { key: 'ro', context: 'Other' },
    { key: 'rw', context: 'Other' },
  ]);
});
