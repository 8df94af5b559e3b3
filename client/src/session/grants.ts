import type { Permission } from '../../../server/contract/session.js';

/** `clientele.admin` includes `clientele.write`, which includes `clientele.read`. */
export function grants(held: readonly Permission[], asked: Permission): boolean {
  const order: readonly Permission[] = ['clientele.read', 'clientele.write', 'clientele.admin'];
  return held.some((permission) => order.indexOf(permission) >= order.indexOf(asked));
}
