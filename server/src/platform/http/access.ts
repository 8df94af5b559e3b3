import { SetMetadata } from '@nestjs/common';
import { permissions, type Permission } from '../../../contract/session.js';

/**
 * How a route is guarded. Every route says it, and a test walks all routes: `permission` is asked of the bearer's
 * session or API token, `guarded` names the guard of its own that a route has instead.
 */
export type Access =
  | { readonly kind: 'permission'; readonly permission: Permission }
  | { readonly kind: 'guarded'; readonly by: string }
  | { readonly kind: 'public'; readonly reason: string };

export const ACCESS = 'clientele:access';

/** The route, or every route of the controller, is for bearers with this permission. */
export const Requires = (permission: Permission) => SetMetadata(ACCESS, { kind: 'permission', permission } satisfies Access);

/** The route is for everybody, because of `reason`. */
export const Public = (reason: string) => SetMetadata(ACCESS, { kind: 'public', reason } satisfies Access);

/** The route brings its own guard, named here for whoever reviews who gets in. */
export const GuardedBy = (guard: string) => SetMetadata(ACCESS, { kind: 'guarded', by: guard } satisfies Access);

/** `clientele.admin` includes `clientele.write`, which includes `clientele.read`. */
export function includesPermission(held: readonly Permission[], asked: Permission): boolean {
  return held.some((permission) => permissions.indexOf(permission) >= permissions.indexOf(asked));
}
