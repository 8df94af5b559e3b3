import { InvalidArgumentError } from 'commander';
import { AgentLogin } from '../../contract/embedded-host.js';
import { permissions, Permission } from '../../contract/session.js';

/** `clientele.read,clientele.write`; the prefix may be left out. */
export function readPermissions(value: string): Permission[] {
  return value.split(',').map((word) => {
    const name = word.trim();
    const permission = Permission.safeParse(name.includes('.') ? name : `clientele.${name}`);
    if (!permission.success) throw new InvalidArgumentError(`Allowed: ${permissions.join(', ')}.`);
    return permission.data;
  });
}

const dayMs = 24 * 60 * 60 * 1000;
const msByUnit: Readonly<Record<string, number>> = { h: dayMs / 24, d: dayMs, w: 7 * dayMs, y: 365 * dayMs };

/** `90d`: a number and h, d, w or y. In milliseconds. */
export function readDuration(value: string): number {
  const [, count, unit = ''] = /^(\d{1,4})([hdwy])$/.exec(value.trim()) ?? [];
  const unitMs = msByUnit[unit];
  if (count === undefined || unitMs === undefined || Number(count) === 0) {
    throw new InvalidArgumentError('Allowed: a number and h, d, w or y, such as 90d.');
  }
  return Number(count) * unitMs;
}

export function readLogin(value: string): string {
  const login = AgentLogin.safeParse(value);
  if (!login.success) throw new InvalidArgumentError('Allowed: letters, digits and . @ + - _, at most 100.');
  return login.data;
}

export function readName(value: string): string {
  const name = value.trim();
  if (!/^\P{Cc}{1,200}$/u.test(name)) throw new InvalidArgumentError('Allowed: 1 to 200 characters on one line.');
  return name;
}
