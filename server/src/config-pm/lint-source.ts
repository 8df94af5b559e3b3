import { databaseUrlOfDsn } from '../platform/persistence/dsn.js';
import { filterFaultOf } from './ldap-filter-syntax.js';
import type { LintBlock } from './lint-block.js';
import { isContent, isGiven, isOn, numberOrNull, textOf } from './lint-values.js';

const week = 7 * 86_400;
const distinguishedName = /^[A-Za-z0-9.-]+=(?:[^,+;\\]|\\.)+(?:[,+;]\s*[A-Za-z0-9.-]+=(?:[^,+;\\]|\\.)+)*$/;

/** How the source is reached, cached and written. */
export function lintSource(block: LintBlock): void {
  const ttl = numberOrNull(block.given['CacheTTL']);
  if (ttl !== null && ttl > week) block.find('cache-long', ['CacheTTL'], { days: Math.floor(ttl / 86_400) });
  if (!block.isWritable) {
    for (const key of ['AutoLoginCreation', 'CustomerUserEmailUniqCheck']) {
      if (isOn(block.given[key])) block.find('read-only-setting', [key], { key });
    }
  } else if (block.kind === 'customer-user' && !isOn(block.given['CustomerUserEmailUniqCheck'])) block.find('email-unique-off', ['CustomerUserEmailUniqCheck']);
  if (block.driver === 'database') lintDatabase(block);
  if (block.driver === 'ldap') {
    if (ttl === null || ttl === 0) block.find('cache-off-directory', ['CacheTTL']);
    lintConnection(block);
    lintDirectory(block);
  }
}

function lintDatabase(block: LintBlock): void {
  const { params } = block;
  const dsn = textOf(params['DSN']);
  if (isOn(params['Password'])) block.find('secret-in-clear', ['Params', 'Password'], { key: 'Params.Password' });
  if (/password=/i.test(dsn)) block.find('secret-in-clear', ['Params', 'DSN'], { key: 'Params.DSN' });
  if (/^[a-z]+:\/\/[^/@]*:[^/@]+@/i.test(textOf(params['Url']))) block.find('secret-in-clear', ['Params', 'Url'], { key: 'Params.Url' });
  if (dsn === '') return;
  if (databaseUrlOfDsn(dsn) === null) block.find('dsn-unknown', ['Params', 'DSN']);
  else if (!isOn(params['User']) && !/user=/i.test(dsn)) block.find('dsn-without-user', ['Params', 'DSN']);
  if (!isOn(params['ForeignDB'])) block.find('dsn-needs-audit-columns', ['Params', 'DSN']);
}

function lintConnection(block: LintBlock): void {
  const { params } = block;
  const [user, password] = [textOf(params['UserDN']), textOf(params['UserPw'])];
  if ((user === '') !== (password === '')) block.find('ldap-half-credentials', ['Params', user === '' ? 'UserPw' : 'UserDN']);
  if (password !== '') block.find('secret-in-clear', ['Params', 'UserPw'], { key: 'Params.UserPw' });

  const hosts = (Array.isArray(params['Host']) ? params['Host'] : [params['Host']]).map(textOf).filter((host) => host !== '');
  const isEncrypted = isOn(params['StartTLS']);
  const options = isContent(params['Params']) ? params['Params'] : {};
  const port = numberOrNull(options['port']);
  for (const host of hosts) {
    const isSecure = /^ldaps:/i.test(host);
    const isLocal = /^(?:ldapi?:\/\/)?(?:127\.\d+\.\d+\.\d+|localhost|\[::1\]|%2f|\/)/i.test(host);
    if (user !== '' && password !== '' && !isSecure && !isEncrypted) block.find(isLocal ? 'ldap-plain-password-local' : 'ldap-plain-password', ['Params', 'Host'], { host: shown(host) });
    const hasOwnPort = /:\d+\/?$/.test(host);
    if (!hasOwnPort && ((isSecure && port === 389) || (!isSecure && port === 636))) block.find('ldap-port-mismatch', ['Params', 'Host'], { host: shown(host), port: port ?? 0 });
  }
  if (isOn(params['UnverifiedTLSReason'])) block.find('ldap-unverified', ['Params', 'UnverifiedTLSReason']);
  const version = numberOrNull(options['version']);
  if (version !== null && version !== 3) block.find('ldap-version-old', ['Params', 'Params', 'version'], { version });
}

/** Without what might be a name and a password in an address. */
function shown(host: string): string {
  return host.replace(/^([a-z]+:\/\/)?[^/]*@/i, '$1');
}

function lintDirectory(block: LintBlock): void {
  const { params, given } = block;
  const scope = textOf(params['SSCOPE']);
  if (scope !== '' && !['sub', 'one', 'base'].includes(scope)) block.find('ldap-scope-unknown', ['Params', 'SSCOPE'], { scope });
  if (isGiven(params['BaseDN']) && textOf(params['BaseDN']) === '') block.find('ldap-base-empty', ['Params', 'BaseDN']);
  for (const key of ['BaseDN', 'UserDN', 'GroupDN']) {
    const name = textOf(params[key]);
    // Active Directory also lets accounts in as name@domain or DOMAIN\name.
    const isAccount = key === 'UserDN' && /^[^=]+[@\\][^=]+$/.test(name);
    if (name !== '' && name.length < 2000 && !isAccount && !distinguishedName.test(name)) block.find('ldap-dn-malformed', ['Params', key], { key: `Params.${key}` });
  }
  lintFilter(block, ['Params', 'AlwaysFilter'], textOf(params['AlwaysFilter']));
  lintFilter(block, ['CustomerUserValidFilter'], textOf(given['CustomerUserValidFilter']));
  lintCharset(block, textOf(params['SourceCharset']));
  lintAttributes(block);
}

function lintFilter(block: LintBlock, path: readonly string[], filter: string): void {
  const fault = filter === '' ? null : filterFaultOf(filter);
  if (fault !== null) block.find('ldap-filter-malformed', path, { key: path.join('.'), position: fault.position, reason: fault.reason });
}

function lintCharset(block: LintBlock, charset: string): void {
  if (charset === '') return;
  try {
    new TextDecoder(charset);
  } catch {
    block.find('ldap-charset-unknown', ['Params', 'SourceCharset'], { charset });
  }
}

function lintAttributes(block: LintBlock): void {
  for (const { storage, index } of block.rows) {
    const place = `The third element of row ${index + 1} of the Map`;
    if (storage !== storage.toLowerCase()) block.find('ldap-attribute-upper-case', ['Map', index], { place, attribute: storage, lower: storage.toLowerCase() });
  }
  const password = block.rowFor('UserPassword');
  if (password !== null) block.find('ldap-password-mapped', ['Map', password.index]);
  const writable = block.rows.filter(({ elements }) => !isOn(elements[7]));
  if (writable.length > 0) block.find('ldap-row-writable', ['Map'], { rows: writable.length });
}
