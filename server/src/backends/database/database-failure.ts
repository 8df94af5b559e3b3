import { DatabaseUnavailable, QueryFailed } from '../../platform/persistence/database-errors.js';
import { BlockFaults } from '../backend-driver.js';
import { StoreFailure } from '../store-failure.js';

/** What a database's refusal means for an operator: the words are ours, only the code is the server's. */
export function failureOf(error: unknown): unknown {
  if (error instanceof StoreFailure || error instanceof BlockFaults) return error;
  if (error instanceof DOMException && error.name === 'TimeoutError') return tooLate(error);
  if (error instanceof DatabaseUnavailable) return unavailable(error);
  if (error instanceof QueryFailed) {
    return new StoreFailure('refused-question', `the database refused the question (${error.code})`, { cause: error });
  }
  return error;
}

function unavailable(error: DatabaseUnavailable): StoreFailure {
  const { serverCode } = error;
  const withCode = (words: string): string => (serverCode === '' ? words : `${words} (${serverCode})`);
  if (accountCodes.has(serverCode)) return new StoreFailure('refused-account', withCode('the database refused the account'), { cause: error });
  if (databaseCodes.has(serverCode)) return new StoreFailure('refused-question', withCode('there is no such database'), { cause: error });
  if (lateCodes.has(serverCode)) return tooLate(error);
  if (certificateCode.test(serverCode)) return new StoreFailure('untrusted', withCode("the database's certificate is not trusted"), { cause: error });
  const words = serverCode === 'ECONNREFUSED' ? 'the database refuses the connection' : 'the database cannot be reached';
  return new StoreFailure('unreachable', withCode(words), { cause: error });
}

function tooLate(cause: unknown): StoreFailure {
  return new StoreFailure('too-late', 'the database did not answer in time', { cause });
}

const accountCodes = new Set([
  '28P01', '28000', 'ER_ACCESS_DENIED_ERROR', 'ER_ACCESS_DENIED_NO_PASSWORD_ERROR', 'ER_DBACCESS_DENIED_ERROR', 'ER_HOST_NOT_PRIVILEGED',
  'ER_ACCOUNT_HAS_BEEN_LOCKED', 'ER_MUST_CHANGE_PASSWORD', 'ER_MUST_CHANGE_PASSWORD_LOGIN', 'ER_NOT_SUPPORTED_AUTH_MODE',
]);
const databaseCodes = new Set(['3D000', 'ER_BAD_DB_ERROR']);
/** 1969 is MariaDB's statement timeout, which has no name. */
const lateCodes = new Set([
  'ETIMEDOUT', '57014', '55P03', '1969', 'ER_STATEMENT_TIMEOUT', 'ER_QUERY_TIMEOUT', 'ER_QUERY_INTERRUPTED', 'ER_LOCK_WAIT_TIMEOUT',
  'PROTOCOL_SEQUENCE_TIMEOUT',
]);
const certificateCode = /^(?:CERT_|ERR_TLS|ERR_SSL|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|HANDSHAKE_SSL|EPROTO)/;
