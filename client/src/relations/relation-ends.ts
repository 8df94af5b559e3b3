import type { CustomerEnd, CustomerUserEnd, GroupEnd, ServiceEnd } from '../../../server/contract/relation.js';
import type { RelationEnd } from './relation-row.js';

/** The pages of the ends, opened at the same relation seen from the other side. */
export function personEnd(end: CustomerUserEnd, tab: string): RelationEnd {
  const { login, state, fullName, email, validity } = end;
  const known = fullName ? [login, email] : [email];
  return {
    kind: 'customer-user',
    name: fullName || login,
    label: fullName ? `${fullName} (${login})` : login,
    detail: known.filter(Boolean).join(' · '),
    state,
    validity,
    path: state === 'unknown' ? null : `/customer-users/${encodeURIComponent(login)}/${tab}`,
  };
}

export function customerEnd({ customerId, state, name, validity }: CustomerEnd, tab: string): RelationEnd {
  return {
    kind: 'customer',
    name: name || customerId,
    label: name ? `${name} (${customerId})` : customerId,
    detail: name ? customerId : '',
    state,
    validity,
    path: state === 'unknown' ? null : `/customers/${encodeURIComponent(customerId)}/${tab}`,
  };
}

/** A group without a name is gone, and only relations still name it. */
export function groupEnd({ groupId, name, validity }: GroupEnd, tab: string): RelationEnd {
  return {
    kind: 'group',
    name: name ?? `#${groupId}`,
    label: name ?? `#${groupId}`,
    detail: '',
    state: name === null ? 'unknown' : 'known',
    validity,
    path: name === null ? null : `/groups/${groupId}/${tab}`,
  };
}

export function serviceEnd({ serviceId, name, validity }: ServiceEnd): RelationEnd {
  return {
    kind: 'service',
    name: name ?? `#${serviceId}`,
    label: name ?? `#${serviceId}`,
    detail: '',
    state: name === null ? 'unknown' : 'known',
    validity,
    path: name === null ? null : `/services/${serviceId}`,
  };
}
