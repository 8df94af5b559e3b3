import { createHash, randomInt, timingSafeEqual } from 'node:crypto';
import { availableParallelism } from 'node:os';
import bcrypt from 'bcrypt';
import unixCrypt from 'unix-crypt-td-js';
import { limitParallel } from '../kernel/limit-parallel.js';
import { encodeBcryptBase64 } from './bcrypt-base64.js';
import { md5Crypt } from './md5-crypt.js';

/** The helpdesk clamps the cost of bcrypt to this range. */
export const bcryptCosts = { least: 9, most: 31, usual: 12 } as const;

/**
 * One core stays free for the API however many logins and creates come at once, and one thread of libuv's pool of four
 * for everything else that waits there. The others queue.
 */
const inTurn = limitParallel(Math.min(3, Math.max(1, availableParallelism() - 1)));

/** The helpdesk's own form, `BCRYPT:<cost>:<16 characters of salt>:<31 characters>`: its DB authentication reads it. */
export async function hashPassword(password: string, cost: number = bcryptCosts.usual): Promise<string> {
  const usedCost = Math.min(bcryptCosts.most, Math.max(bcryptCosts.least, Math.trunc(cost)));
  return hashWithSalt(password, usedCost, randomSalt());
}

/**
 * Whether the password is the stored one. The method is read from the stored value, never from configuration, as the
 * helpdesk does it, so that no change of settings locks anybody out. Empty passwords and `0` never match.
 */
export async function isStoredPassword(password: string, stored: string | null): Promise<boolean> {
  if (password === '' || password === '0' || stored === null) return false;
  const expected = await hashLike(stored, password);
  return expected !== null && equalInConstantTime(expected, stored);
}

/**
 * `null`: a form that nothing can match. The helpdesk's last resort, crypt() with the login as salt, is among these:
 * it makes 13 characters, and all stored values of 13 characters are read as DES crypt before. What it does match there
 * is its own failure mark `*0`, with any password; here that is no password.
 */
async function hashLike(stored: string, password: string): Promise<string | null> {
  const octets = Buffer.from(password, 'utf8');
  if (stored.length === 13) return /^[./0-9A-Za-z]{13}$/.test(stored) ? unixCrypt([...octets], stored.slice(0, 2)) : null;

  const md5 = /^\$(1|apr1)\$([^$]{0,8})\$/.exec(stored);
  if (md5 !== null) return md5Crypt(octets, md5[2] ?? '', md5[1] === '1' ? '1' : 'apr1');

  if (/^[0-9a-f]{128}$/.test(stored)) return createHash('sha512').update(octets).digest('hex');
  if (/^[0-9a-f]{64}$/.test(stored)) return createHash('sha256').update(octets).digest('hex');
  if (/^[0-9a-f]{40}$/.test(stored)) return createHash('sha1').update(octets).digest('hex');

  const blowfish = /^BCRYPT:(\d{1,2}):([\x20-\x7e]{16}):[./0-9A-Za-z]{31}$/.exec(stored);
  if (blowfish === null) return null;
  const cost = Number(blowfish[1]);
  return cost < 4 || cost > bcryptCosts.most ? null : hashWithSalt(password, cost, blowfish[2] ?? '');
}

/**
 * `$2b$` is what the helpdesk computes: the password's octets, a NUL, and of these the first 72. `$2a$` of this library
 * counts the length in one octet and differs from 255 octets on.
 */
async function hashWithSalt(password: string, cost: number, salt: string): Promise<string> {
  const setting = `$2b$${String(cost).padStart(2, '0')}$${encodeBcryptBase64(Buffer.from(salt, 'latin1'))}`;
  const hash = await inTurn(() => bcrypt.hash(password, setting));
  return `BCRYPT:${cost}:${salt}:${hash.slice(-31)}`;
}

const saltCharacters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

function randomSalt(): string {
  return Array.from({ length: 16 }, () => saltCharacters.charAt(randomInt(saltCharacters.length))).join('');
}

function equalInConstantTime(left: string, right: string): boolean {
  const [one, other] = [Buffer.from(left, 'utf8'), Buffer.from(right, 'utf8')];
  return one.length === other.length && timingSafeEqual(one, other);
}
