import { createHash } from 'node:crypto';

/** The MD5-based crypt of FreeBSD (`1`) and of Apache (`apr1`), as old helpdesks stored it. Only ever verified, never written. */
export type Md5CryptMagic = '1' | 'apr1';

export function md5Crypt(password: Buffer, salt: string, magic: Md5CryptMagic): string {
  const usedSalt = Buffer.from(salt, 'utf8').subarray(0, 8);
  const digest = stretch(firstDigest(password, usedSalt, magic), password, usedSalt);
  return `$${magic}$${usedSalt.toString('utf8')}$${encode(digest)}`;
}

function firstDigest(password: Buffer, salt: Buffer, magic: Md5CryptMagic): Buffer {
  const inner = md5(password, salt, password);
  const hash = createHash('md5').update(password).update(`$${magic}$`).update(salt);
  for (let left = password.length; left > 0; left -= 16) hash.update(inner.subarray(0, Math.min(16, left)));
  for (let bits = password.length; bits > 0; bits >>= 1) {
    hash.update((bits & 1) === 1 ? Buffer.of(0) : password.subarray(0, 1));
  }
  return hash.digest();
}

function stretch(start: Buffer, password: Buffer, salt: Buffer): Buffer {
  let digest = start;
  for (let round = 0; round < 1000; round++) {
    const isOdd = round % 2 === 1;
    const hash = createHash('md5').update(isOdd ? password : digest);
    if (round % 3 !== 0) hash.update(salt);
    if (round % 7 !== 0) hash.update(password);
    digest = hash.update(isOdd ? digest : password).digest();
  }
  return digest;
}

const alphabet = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** The order in which the format shuffles the digest's octets into groups of three; the last one stands alone. */
const groups: readonly (readonly number[])[] = [[0, 6, 12], [1, 7, 13], [2, 8, 14], [3, 9, 15], [4, 10, 5], [11]];

function encode(digest: Buffer): string {
  return groups
    .map((group) => {
      const number = group.reduce((sum, index) => (sum << 8) | digest.readUInt8(index), 0);
      const length = group.length === 3 ? 4 : 2;
      return Array.from({ length }, (_, place) => alphabet.charAt((number >> (6 * place)) & 63)).join('');
    })
    .join('');
}

function md5(...parts: Buffer[]): Buffer {
  const hash = createHash('md5');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
