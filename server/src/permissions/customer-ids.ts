import type { MembershipKind } from '../../contract/membership.js';
import { foldKey } from '../kernel/fold-key.js';
import type { PersonFacts } from './permission-facts.js';

/** One customer of a person, and every way by which it is one. */
export interface Membership {
  readonly customerId: string;
  readonly kinds: readonly MembershipKind[];
}

/**
 * The customers that a person has access through, in the helpdesk's order: the listed ones, the primary one unless the
 * backend excludes it, those of relations. Each is there once, spelled as it is met first.
 */
export function membershipsOf({ primary, isPrimaryExcluded, listed, assigned }: PersonFacts): readonly Membership[] {
  const found = new Map<string, { customerId: string; kinds: MembershipKind[] }>();
  const add = (kind: MembershipKind, customerId: string): void => {
    if (customerId === '') return;
    const known = found.get(foldKey(customerId));
    if (known === undefined) found.set(foldKey(customerId), { customerId, kinds: [kind] });
    else if (!known.kinds.includes(kind)) known.kinds.push(kind);
  };
  for (const customerId of listed) add('listed', customerId);
  if (primary !== null && !isPrimaryExcluded) add('primary', primary);
  for (const customerId of assigned) add('assigned', customerId);
  return [...found.values()];
}

/** The primary customer where the backend excludes it and nothing else brings it back. */
export function excludedPrimary(person: PersonFacts): string | null {
  const { primary, isPrimaryExcluded } = person;
  if (primary === null || primary === '' || !isPrimaryExcluded) return null;
  const isBack = membershipsOf(person).some(({ customerId }) => foldKey(customerId) === foldKey(primary));
  return isBack ? null : primary;
}

const separators = [';', ',', '|'] as const;

/** What UserCustomerIDs names: parted by the first of `;`, `,` and `|` that is in it. */
export function listedCustomerIds(text: string): string[] {
  const separator = separators.find((candidate) => text.includes(candidate));
  const parts = separator === undefined ? [text] : text.split(separator);
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}
