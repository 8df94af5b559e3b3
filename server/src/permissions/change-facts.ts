import { foldKey } from '../kernel/fold-key.js';
import type { CustomerGrant, DirectGrant, PermissionFacts, PersonFacts } from './permission-facts.js';

interface Delta<Entry> {
  readonly add: readonly Entry[];
  readonly remove: readonly Entry[];
}

/** What a write is going to change; what is not named stays. */
export interface FactChanges {
  readonly direct?: Delta<DirectGrant>;
  readonly ofCustomers?: Delta<CustomerGrant>;
  readonly assigned?: Delta<{ readonly login: string; readonly customerId: string }>;
}

/** The facts as they will be, for a preview. */
export function changeFacts(facts: PermissionFacts, { direct, ofCustomers, assigned }: FactChanges): PermissionFacts {
  return {
    ...facts,
    direct: direct === undefined ? facts.direct : changed(facts.direct, direct, directId),
    ofCustomers: ofCustomers === undefined ? facts.ofCustomers : changed(facts.ofCustomers, ofCustomers, customerGrantId),
    people: assigned === undefined ? facts.people : facts.people.map((person) => withAssigned(person, assigned)),
  };
}

function withAssigned(person: PersonFacts, { add, remove }: Delta<{ readonly login: string; readonly customerId: string }>): PersonFacts {
  const own = (entries: readonly { login: string; customerId: string }[]): string[] =>
    entries.filter(({ login }) => foldKey(login) === foldKey(person.login)).map(({ customerId }) => customerId);
  const assigned = changed(person.assigned, { add: own(add), remove: own(remove) }, foldKey);
  return { ...person, assigned: [...assigned].sort((one, other) => (foldKey(one) < foldKey(other) ? -1 : 1)) };
}

function changed<Entry>(stored: readonly Entry[], { add, remove }: Delta<Entry>, idOf: (entry: Entry) => string): Entry[] {
  const removed = new Set(remove.map(idOf));
  const kept = stored.filter((entry) => !removed.has(idOf(entry)));
  const present = new Set(kept.map(idOf));
  return [...kept, ...add.filter((entry) => !present.has(idOf(entry)))];
}

function directId({ login, groupId, key }: DirectGrant): string {
  return JSON.stringify([foldKey(login), groupId, key]);
}

function customerGrantId({ customerId, groupId, key, context }: CustomerGrant): string {
  return JSON.stringify([foldKey(customerId), groupId, key, context]);
}
