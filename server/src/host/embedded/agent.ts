import type { Permission } from '../../../contract/session.js';

/** An agent of the embedded host, without what proves who they are. */
export interface StoredAgent {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly permissions: readonly Permission[];
  readonly isActive: boolean;
  readonly hasPassword: boolean;
  /** The helpdesk's own user of the same login (`users.id`), or the one it does nobody's work under. */
  readonly hostUserId: number;
}

export function isActiveAdmin({ isActive, permissions }: StoredAgent): boolean {
  return isActive && permissions.includes('clientele.admin');
}

/** The one form in which a login is stored, looked up, and counted when it fails. */
export function foldLogin(login: string): string {
  return login.trim().normalize('NFKC').toLowerCase();
}
