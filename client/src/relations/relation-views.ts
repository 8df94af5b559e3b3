import type { CustomerOfGroup, GroupOfCustomer, GroupOfPerson, PermissionSettings, PersonOfGroup } from '../../../server/contract/grant.js';
import type { CustomerOfPerson, MembershipKind, PersonOfCustomer } from '../../../server/contract/membership.js';
import type { PersonOfService, ServiceOfPerson } from '../../../server/contract/service.js';
import { besideSentences } from '../permissions/grant-reasons.js';
import type { Sentence } from '../records/problem-sentences.js';
import { customerEnd, groupEnd, personEnd, serviceEnd } from './relation-ends.js';
import { assigned, type Cell, type RelationRow } from './relation-row.js';
import { viewOf, type RelationView } from './relation-view.js';

const person = (login: string): string => `/customer-users/${encodeURIComponent(login)}`;
const customer = (customerId: string): string => `/customers/${encodeURIComponent(customerId)}`;

export function customersOfPerson(login: string): RelationView {
  return viewOf<CustomerOfPerson>(
    { name: 'customers-of-person', path: `${person(login)}/customers`, endKind: 'customer', shows: ['assigned', 'all'], cells: [assigned], hasBeside: true },
    ({ customer: end, kinds }) => ({
      ...membershipRow(end.customerId, kinds),
      identity: { customerId: end.customerId },
      end: customerEnd(end, 'customer-users'),
    }),
  );
}

export function peopleOfCustomer(customerId: string): RelationView {
  return viewOf<PersonOfCustomer>(
    { name: 'people-of-customer', path: `${customer(customerId)}/customer-users`, endKind: 'customer-user', shows: ['members', 'assigned', 'all'], cells: [assigned], hasBeside: true },
    ({ customerUser, kinds }) => ({
      ...membershipRow(customerUser.login, kinds),
      identity: { login: customerUser.login },
      end: personEnd(customerUser, 'customers'),
    }),
  );
}

export function groupsOfPerson(login: string, settings: PermissionSettings): RelationView {
  return viewOf<GroupOfPerson>(
    { name: 'groups-of-person', path: `${person(login)}/groups`, endKind: 'group', shows: ['assigned', 'all'], cells: keyCells(settings), hasBeside: true },
    ({ group, keys, through }) => ({
      key: String(group.groupId),
      identity: { groupId: group.groupId },
      end: groupEnd(group, 'customer-users'),
      shape: 'keys',
      stored: keys.map(keyCell),
      beside: besideSentences(through),
      isFixed: false,
    }),
  );
}

export function peopleOfGroup(groupId: number, settings: PermissionSettings): RelationView {
  return viewOf<PersonOfGroup>(
    { name: 'people-of-group', path: `/groups/${groupId}/customer-users`, endKind: 'customer-user', shows: ['assigned', 'effective', 'all'], cells: keyCells(settings), hasBeside: true },
    ({ customerUser, keys, through }) => ({
      key: customerUser.login,
      identity: { login: customerUser.login },
      end: personEnd(customerUser, 'groups'),
      shape: 'keys',
      stored: keys.map(keyCell),
      beside: besideSentences(through),
      isFixed: false,
    }),
  );
}

export function groupsOfCustomer(customerId: string, settings: PermissionSettings): RelationView {
  return viewOf<GroupOfCustomer>(
    { name: 'groups-of-customer', path: `${customer(customerId)}/groups`, endKind: 'group', shows: ['assigned', 'all'], cells: contextCells(settings), hasBeside: true },
    ({ group, grants, isAlways }) => ({
      key: String(group.groupId),
      identity: { groupId: group.groupId },
      end: groupEnd(group, 'customers'),
      shape: 'grants',
      stored: grants,
      beside: alwaysBeside(isAlways),
      isFixed: false,
    }),
  );
}

export function customersOfGroup(groupId: number, settings: PermissionSettings): RelationView {
  return viewOf<CustomerOfGroup>(
    { name: 'customers-of-group', path: `/groups/${groupId}/customers`, endKind: 'customer', shows: ['assigned', 'all'], cells: contextCells(settings), hasBeside: true },
    ({ customer: end, grants, isAlways }) => ({
      key: end.customerId,
      identity: { customerId: end.customerId },
      end: customerEnd(end, 'groups'),
      shape: 'grants',
      stored: grants,
      beside: alwaysBeside(isAlways),
      isFixed: false,
    }),
  );
}

export function servicesOfPerson(login: string): RelationView {
  return viewOf(
    { name: 'services-of-person', path: `${person(login)}/services`, endKind: 'service', shows: ['assigned', 'all'], cells: [assigned], hasBeside: false },
    serviceRow,
  );
}

export function defaultServices(): RelationView {
  return viewOf({ name: 'default-services', path: '/services/defaults', endKind: 'service', shows: ['assigned', 'all'], cells: [assigned], hasBeside: false }, serviceRow);
}

export function peopleOfService(serviceId: number): RelationView {
  return viewOf<PersonOfService>(
    { name: 'people-of-service', path: `/services/${serviceId}/customer-users`, endKind: 'customer-user', shows: ['assigned', 'all'], cells: [assigned], hasBeside: false },
    ({ customerUser, assigned: isAssigned }) => ({
      key: customerUser.login,
      identity: { login: customerUser.login },
      end: personEnd(customerUser, 'services'),
      ...assignedRow(isAssigned),
      beside: [],
      isFixed: false,
    }),
  );
}

function serviceRow({ service, assigned: isAssigned }: ServiceOfPerson): RelationRow {
  return {
    key: String(service.serviceId),
    identity: { serviceId: service.serviceId },
    end: serviceEnd(service),
    ...assignedRow(isAssigned),
    beside: [],
    isFixed: false,
  };
}

/** What the record itself says stands beside the box, and holds without it. */
function membershipRow(key: string, kinds: readonly MembershipKind[]): Omit<RelationRow, 'identity' | 'end'> {
  const own = kinds.filter((kind) => kind !== 'assigned');
  const isAssigned = kinds.includes('assigned');
  const beside: Sentence[] = own.map((kind) => ({ key: `relations.membership.${kind}`, params: {} }));
  return { key, ...assignedRow(isAssigned), beside, isFixed: own.length > 0 && !isAssigned };
}

function assignedRow(isAssigned: boolean): Pick<RelationRow, 'shape' | 'stored'> {
  return { shape: 'assigned', stored: isAssigned ? [assigned] : [] };
}

function keyCell(key: string): Cell {
  return { key, context: null };
}

function keyCells({ keys }: PermissionSettings): Cell[] {
  return keys.map(keyCell);
}

function contextCells({ contexts, keys }: PermissionSettings): Cell[] {
  return contexts.flatMap(({ context }) => keys.map((key) => ({ key, context })));
}

function alwaysBeside(isAlways: boolean): Sentence[] {
  return isAlways ? [{ key: 'permissions.beside.customer-always-group', params: {} }] : [];
}
