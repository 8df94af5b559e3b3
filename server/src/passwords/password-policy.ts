import type { Issue } from '../../contract/problem.js';
import { foldKey } from '../kernel/fold-key.js';

export const passwordLengths = { leastCharacters: 8, mostOctets: 72 } as const;

/** What a chosen password is refused for. bcrypt reads 72 octets: what it would cut off is refused rather than ignored. */
export function passwordIssues(password: string, login: string): Issue[] {
  if ([...password].length < passwordLengths.leastCharacters) {
    return [issue('password.too-short', { min: passwordLengths.leastCharacters })];
  }
  if (Buffer.byteLength(password, 'utf8') > passwordLengths.mostOctets) {
    return [issue('password.too-long', { max: passwordLengths.mostOctets })];
  }
  if (/\p{Cc}/u.test(password)) return [issue('characters')];
  if (foldKey(password) === foldKey(login)) return [issue('password.equals-login')];
  return [];
}

function issue(code: string, params?: Issue['params']): Issue {
  return params === undefined ? { path: 'password', code } : { path: 'password', code, params };
}
