import { foldKey } from '../kernel/fold-key.js';
import type { GroupFact, PermissionFacts } from './permission-facts.js';
import { resolveGrants } from './resolve-grants.js';

/** A right that somebody has after a change and had not before, or the other way round. */
export interface GrantChange {
  readonly login: string;
  readonly change: 'gained' | 'lost';
  readonly group: GroupFact;
  readonly key: string;
}

/** What a change of the facts does to the people in them. A reason more or less changes nothing while another one stays. */
export function diffGrants(before: PermissionFacts, after: PermissionFacts): GrantChange[] {
  const [had, has] = [resolveGrants(before), resolveGrants(after)];
  const groups = [...new Map([...before.groups, ...after.groups].map((group) => [group.groupId, group])).values()];
  const logins = new Map([...before.people, ...after.people].map(({ login }) => [foldKey(login), login]));
  return [...logins.values()].flatMap((login) =>
    groups.flatMap((group) =>
      after.settings.keys.flatMap((key): GrantChange[] => {
        const isHeld = has.reasons(login, group.groupId, key).length > 0;
        const wasHeld = had.reasons(login, group.groupId, key).length > 0;
        return isHeld === wasHeld ? [] : [{ login, change: isHeld ? 'gained' : 'lost', group, key }];
      }),
    ),
  );
}
