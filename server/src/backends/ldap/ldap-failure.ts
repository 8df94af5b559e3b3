import { ResultCodeError } from 'ldapts';
import { StoreFailure, type FailureKind } from '../store-failure.js';

/** Why a directory gave no answer. */
export class LdapFailure extends StoreFailure {}

export const tooLate = (): LdapFailure => new LdapFailure('too-late', 'the directory did not answer in time');

/** Whatever came from the library, the socket or TLS. */
export function failureOf(error: unknown): StoreFailure {
  if (error instanceof StoreFailure) return error;
  if (error instanceof ResultCodeError) return refusal(error);
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const trust = certificateWords.get(code);
  if (trust !== undefined) return new LdapFailure('untrusted', trust);
  if (code.startsWith('ERR_SSL') || code === 'EPROTO') return new LdapFailure('untrusted', 'the directory does not speak TLS there, or none that is safe');
  return new LdapFailure('unreachable', networkWords.get(code) ?? 'the connection to the directory was lost');
}

/** Whether the server itself said no: the connection is as good as before. */
export function isAnswer(error: unknown): boolean {
  return error instanceof ResultCodeError && !goneCodes.has(error.code);
}

/** Whether another server of the same directory may know better. An account is refused by all of them, and then locked. */
export function isWorthAnotherHost({ kind }: StoreFailure): boolean {
  return kind !== 'refused-account';
}

function refusal({ code, message }: ResultCodeError): LdapFailure {
  if (code === 49) return new LdapFailure('refused-account', accountWords(message));
  const [kind, words] = refusalWords.get(code) ?? (['refused-question', `the directory refused the question (code ${code})`] as const);
  return new LdapFailure(kind, words);
}

/** Active Directory says why behind `data`, as a number of Windows in hexadecimal form. */
function accountWords(message: string): string {
  const reason = /\bdata\s+([0-9a-f]{3,4})\b/i.exec(message)?.[1]?.toLowerCase() ?? '';
  return activeDirectoryWords.get(reason) ?? 'the directory refused the account: wrong name or password (49)';
}

const activeDirectoryWords = new Map([
  ['525', 'the directory does not know the account (49, 525)'],
  ['52e', "the directory refused the account's password (49, 52e)"],
  ['530', 'the account may not log in at this time (49, 530)'],
  ['531', 'the account may not log in from this machine (49, 531)'],
  ['532', "the account's password has expired (49, 532)"],
  ['533', 'the account is disabled (49, 533)'],
  ['701', 'the account has expired (49, 701)'],
  ['773', "the account's password must be changed first (49, 773)"],
  ['775', 'the account is locked (49, 775)'],
]);

const goneCodes = new Set([51, 52, 80]);

const refusalWords = new Map<number, readonly [FailureKind, string]>([
  [3, ['too-late', "the directory's own time limit was reached (3)"]],
  [8, ['refused-account', 'the directory wants a stronger way to log in (8)']],
  [10, ['refused-question', 'the directory refers to another server, which is not followed (10)']],
  [11, ['refused-question', 'an administrative limit of the directory was reached (11)']],
  [13, ['refused-account', 'the directory wants an encrypted connection (13)']],
  [32, ['refused-question', 'BaseDN or GroupDN does not exist in the directory (32)']],
  [34, ['refused-question', 'BaseDN, GroupDN or UserDN is no name of an entry (34)']],
  [48, ['refused-account', 'the directory does not let this account log in so (48)']],
  [50, ['refused-question', 'the account may not read there (50)']],
  [51, ['unreachable', 'the directory is busy (51)']],
  [52, ['unreachable', 'the directory is not available (52)']],
  [53, ['refused-account', 'the directory is unwilling, as it says of locked accounts too (53)']],
]);

const networkWords = new Map([
  ['ECONNREFUSED', 'the directory refuses the connection'],
  ['ENOTFOUND', "the directory's host name is not known"],
  ['EAI_AGAIN', "the directory's host name cannot be looked up now"],
  ['EHOSTUNREACH', 'there is no way to the directory'],
  ['ENETUNREACH', 'there is no way to the directory'],
  ['ETIMEDOUT', 'the directory did not answer in time'],
]);

const unknownCa = "the directory's certificate is signed by nobody who is trusted here (CAFile)";
const certificateWords = new Map([
  ['CERT_HAS_EXPIRED', "the directory's certificate has expired"],
  ['CERT_NOT_YET_VALID', "the directory's certificate is not valid yet"],
  ['CERT_REVOKED', "the directory's certificate was revoked"],
  ['ERR_TLS_CERT_ALTNAME_INVALID', "the directory's certificate is for another host name"],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', unknownCa],
  ['SELF_SIGNED_CERT_IN_CHAIN', unknownCa],
  ['UNABLE_TO_GET_ISSUER_CERT', unknownCa],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', unknownCa],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', unknownCa],
]);
