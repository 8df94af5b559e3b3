import type { BackendKind } from '../../contract/backend.js';
import type { LintBlock } from './lint-block.js';
import { isGiven, isOfType, textOf, valueWords, type ValueType } from './lint-values.js';

type KeyTypes = Readonly<Record<string, ValueType>>;

/** Kinds of values by key; `Map` has checks of its own. */
const commonKeys: KeyTypes = { Name: 'text', Module: 'text', Params: 'hash', Selections: 'hash', ReadOnly: 'flag', CacheTTL: 'number' };
export const blockKeys: Readonly<Record<BackendKind, KeyTypes>> = {
  'customer-user': {
    ...commonKeys,
    CustomerKey: 'text', Key: 'text', CustomerID: 'text', CustomerValid: 'text',
    CustomerUserListFields: 'list', CustomerUserSearchFields: 'list', CustomerUserPostMasterSearchFields: 'list', CustomerUserNameFields: 'list',
    CustomerUserSearchPrefix: 'text', CustomerUserSearchSuffix: 'text', CustomerUserSearchListLimit: 'number', CustomerUserNameFieldsJoin: 'text',
    CustomerUserEmailUniqCheck: 'flag', CustomerUserExcludePrimaryCustomerID: 'flag', CustomerUserValidFilter: 'text',
    AutoLoginCreation: 'flag', AutoLoginCreationPrefix: 'text', AdminSetPreferences: 'flag', CustomerCompanySupport: 'flag',
  },
  customer: {
    ...commonKeys,
    CustomerCompanyKey: 'text', CustomerCompanyValid: 'text', CustomerCompanyListFields: 'list', CustomerCompanySearchFields: 'list',
    CustomerCompanySearchPrefix: 'text', CustomerCompanySearchSuffix: 'text', CustomerCompanySearchListLimit: 'number',
  },
};
const databaseParams: KeyTypes = {
  Table: 'text', DSN: 'text', Url: 'text', User: 'text', Password: 'text', Type: 'text', ForeignDB: 'flag', SearchCaseSensitive: 'flag', CaseSensitive: 'flag',
};
const ldapParams: KeyTypes = {
  Host: 'texts', BaseDN: 'text', SSCOPE: 'text', UserDN: 'text', UserPw: 'text', AlwaysFilter: 'text', SourceCharset: 'text', GroupDN: 'text', Die: 'flag', Params: 'hash',
  StartTLS: 'flag', CAFile: 'text', UnverifiedTLSReason: 'text',
};
const ldapOptions: KeyTypes = { port: 'number', timeout: 'number', async: 'flag', version: 'number' };

/** Keys that are missing, misspelt, outdated, or of the wrong kind. */
export function lintKeys(block: LintBlock): void {
  const keys = blockKeys[block.kind];
  for (const key of Object.keys(block.given)) {
    if (key !== 'Map' && !Object.hasOwn(keys, key)) block.find('key-unknown', [key], { key, hint: hintFor(key, [...Object.keys(keys), 'Map']) });
  }
  lintTypes(block, [], block.given, keys);
  lintMissing(block);
  lintParams(block);
  if (block.text('Key') !== '' && block.kind === 'customer-user') block.find('key-old-name', ['Key'], { key: 'Key', newKey: 'CustomerKey' });
  if (block.driver === null && block.text('Module') !== '') {
    const known = block.kind === 'customer' ? 'Kernel::System::CustomerCompany::DB' : 'Kernel::System::CustomerUser::DB or Kernel::System::CustomerUser::LDAP';
    block.find('module-unknown', ['Module'], { module: block.text('Module'), known });
  }
  if (block.driver === 'ldap' && block.kind === 'customer') block.find('module-unknown', ['Module'], { module: block.text('Module'), known: 'Kernel::System::CustomerCompany::DB' });
}

function lintMissing(block: LintBlock): void {
  const { given } = block;
  const required = block.kind === 'customer' ? [] : ['Module', 'CustomerID'];
  for (const key of required) if (block.text(key) === '') block.find('key-missing', [], { key });
  if (block.keyColumn === '') block.find('key-missing', [], { key: block.words.key });
  if (!Array.isArray(given['Map']) || given['Map'].length === 0) block.find('key-missing', [], { key: 'Map' });
  if (!isGiven(given['Name'])) block.find('name-missing', []);
}

function lintParams(block: LintBlock): void {
  const { params, driver } = block;
  if (driver === 'database') {
    lintTypes(block, ['Params'], params, databaseParams);
    if (textOf(params['Table']) === '') block.find('key-missing', ['Params'], { key: 'Params.Table' });
    if (isGiven(params['CaseSensitive'])) block.find('key-old-name', ['Params', 'CaseSensitive'], { key: 'Params.CaseSensitive', newKey: 'Params.SearchCaseSensitive' });
  }
  if (driver === 'ldap') {
    lintTypes(block, ['Params'], params, ldapParams);
    const { Params: options } = params;
    if (typeof options === 'object' && options !== null) lintTypes(block, ['Params', 'Params'], { ...options }, ldapOptions);
    for (const key of ['Host', 'BaseDN', 'SSCOPE']) if (!isGiven(params[key])) block.find('key-missing', ['Params'], { key: `Params.${key}` });
  }
}

function lintTypes(block: LintBlock, path: readonly string[], given: Readonly<Record<string, unknown>>, types: KeyTypes): void {
  for (const [key, type] of Object.entries(types)) {
    const value = given[key];
    if (isGiven(value) && !isOfType(value, type)) block.find('value-type', [...path, key], { key: [...path, key].join('.'), ...valueWords[type] });
  }
}

/** The known key that is meant, where one is close. */
function hintFor(key: string, known: readonly string[]): string {
  const near = known.find((name) => distance(name.toLowerCase(), key.toLowerCase()) <= 2);
  return near === undefined ? '' : ` Is ${near} meant?`;
}

/** Levenshtein's, for short names; long ones are far apart. */
function distance(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > 2 || one.length > 60) return 3;
  let previous = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const replaced = (previous[column - 1] ?? 0) + (one[row - 1] === other[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous.at(-1) ?? 3;
}
