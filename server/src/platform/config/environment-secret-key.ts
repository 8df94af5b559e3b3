import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from './environment.js';

/** The key that was set, or the one made once into the data directory, readable by our user alone. */
export function readSecretKey({ secretKey, dataDirectory }: Pick<Environment, 'secretKey' | 'dataDirectory'>): string {
  if (secretKey !== null) return secretKey;
  const file = join(dataDirectory, 'secret-key');
  if (!existsSync(file)) {
    mkdirSync(dataDirectory, { recursive: true });
    writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600 });
  }
  return readFileSync(file, 'utf8').trim();
}
