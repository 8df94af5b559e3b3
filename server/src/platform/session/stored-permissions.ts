import { Permission } from '../../../contract/session.js';

/** As they are kept in one column: words with blanks between, each once. */
export function toStoredPermissions(permissions: readonly Permission[]): string {
  return [...new Set(permissions)].join(' ');
}

export function fromStoredPermissions(stored: string): Permission[] {
  return stored.split(' ').filter((word) => word !== '').map((word) => Permission.parse(word));
}
