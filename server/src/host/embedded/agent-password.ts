import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { limitParallel } from '../../kernel/limit-parallel.js';

/** N = 2^17, r = 8, p = 1: 128 MiB and a good third of a second each (OWASP Password Storage). */
const cost = { logN: 17, r: 8, p: 1 };
const keyLength = 32;
/** Two at a time: a crowd at the door costs patience, not the machine's memory. */
const inTurn = limitParallel(2);

/** `scrypt$17$8$1$<salt>$<key>`, base64. */
export async function hashAgentPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, cost);
  return ['scrypt', cost.logN, cost.r, cost.p, salt.toString('base64'), key.toString('base64')].join('$');
}

/** Takes as long without a hash as with one, so that the time does not tell whether a login exists. */
export async function verifyAgentPassword(password: string, hash: string | null): Promise<boolean> {
  const [, logN, r, p, salt, key] = (hash ?? nobodysHash).split('$');
  const expected = Buffer.from(key ?? '', 'base64');
  const derived = await derive(password, Buffer.from(salt ?? '', 'base64'), { logN: Number(logN), r: Number(r), p: Number(p) });
  return hash !== null && expected.length === derived.length && timingSafeEqual(expected, derived);
}

const nobodysHash = ['scrypt', cost.logN, cost.r, cost.p, 'bm9ib2R5J3Mgc2FsdA==', ''].join('$');

function derive(password: string, salt: Buffer, { logN, r, p }: typeof cost): Promise<Buffer> {
  const N = 2 ** logN;
  const options: ScryptOptions = { N, r, p, maxmem: 256 * N * r };
  return inTurn(
    () =>
      new Promise((resolve, reject) => {
        scrypt(password.normalize('NFKC'), salt, keyLength, options, (error, key) => (error ? reject(error) : resolve(key)));
      }),
  );
}
