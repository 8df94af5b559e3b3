import type { GrantReason, WhyNot } from '../../../server/contract/grant.js';
import type { MembershipKind } from '../../../server/contract/membership.js';
import type { Sentence } from '../records/problem-sentences.js';

export type Through = readonly { readonly key: string; readonly reasons: readonly GrantReason[] }[];

/** What stands beside the boxes of a row: each way once, however many permissions it gives. */
export function besideSentences(through: Through): Sentence[] {
  const byText = new Map<string, Sentence>();
  for (const { key, reasons } of through) {
    for (const reason of reasons) {
      const sentence = besideSentence(key, reason);
      byText.set(JSON.stringify(sentence), sentence);
    }
  }
  return [...byText.values()];
}

function besideSentence(key: string, reason: GrantReason): Sentence {
  switch (reason.kind) {
    case 'direct':
      return { key: 'permissions.beside.direct', params: { key: reason.key } };
    case 'customer':
      return { key: 'permissions.beside.customer', params: { key: reason.key, customer: nameOf(reason.customer) } };
    case 'always-group':
    case 'customer-always-group':
    case 'support-off':
      return { key: `permissions.beside.${reason.kind}`, params: {} };
  }
}

/** A reason in full, and where what gives it can be changed; `null`: not on a page of ours. */
export interface FullReason {
  readonly sentence: Sentence;
  readonly path: string | null;
  /** How the person comes by the customer, where the reason leads through one. */
  readonly memberships: readonly MembershipKind[];
}

export function fullReason(login: string, group: string, reason: GrantReason): FullReason {
  const searched = `?search=${encodeURIComponent(group)}`;
  switch (reason.kind) {
    case 'direct':
      return {
        sentence: { key: 'permissions.reason.direct', params: { key: reason.key } },
        path: `/customer-users/${encodeURIComponent(login)}/groups${searched}`,
        memberships: [],
      };
    case 'customer':
      return {
        sentence: { key: 'permissions.reason.customer', params: { key: reason.key, customer: nameOf(reason.customer) } },
        path: `/customers/${encodeURIComponent(reason.customer.customerId)}/groups${searched}`,
        memberships: reason.memberships,
      };
    case 'customer-always-group':
      return {
        sentence: { key: 'permissions.reason.customer-always-group', params: { customer: nameOf(reason.customer) } },
        path: null,
        memberships: reason.memberships,
      };
    case 'always-group':
    case 'support-off':
      return { sentence: { key: `permissions.reason.${reason.kind}`, params: {} }, path: null, memberships: [] };
  }
}

export function whyNotSentence(key: string, whyNot: WhyNot): Sentence {
  switch (whyNot.kind) {
    case 'no-direct-grant':
      return hasSome('no-direct-grant', whyNot.has, {});
    case 'customer-without-grant':
      return hasSome('customer-without-grant', whyNot.has, { customer: nameOf(whyNot.customer) });
    case 'primary-excluded':
      return { key: 'permissions.why-not.primary-excluded', params: { customer: nameOf(whyNot.customer) } };
    case 'unknown-key':
      return { key: 'permissions.why-not.unknown-key', params: { key } };
    case 'group-invalid':
    case 'no-customers':
    case 'not-always-group':
    case 'person-unreachable':
      return { key: `permissions.why-not.${whyNot.kind}`, params: {} };
  }
}

function hasSome(missing: string, keys: readonly string[], params: Record<string, string>): Sentence {
  const has = keys.length === 0 ? 'nothing' : 'less';
  return { key: `permissions.why-not.${missing}.${has}`, params: { ...params, keys: keys.join(', ') } };
}

export function nameOf({ customerId, name }: { readonly customerId: string; readonly name: string | null }): string {
  return name || customerId;
}
