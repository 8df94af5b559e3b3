import type { LintBlock } from './lint-block.js';
import { isContent, isGiven, namesOf, numberOrNull, rawText, textOf } from './lint-values.js';

const manyHits = 10_000;
/** What a name of a column or attribute never holds; the schema is asked when the source is opened. */
const columnName = /^[\p{L}_][\p{L}\p{N}_$-]*$/u;
const tableName = /^[\p{L}_][\p{L}\p{N}_$-]*(?:\.[\p{L}_][\p{L}\p{N}_$-]*)?$/u;
/** Underscores are outside RFC 4512, and there are directories that have them. */
const attributeName = /^(?:[A-Za-z][A-Za-z0-9_-]*|\d+(?:\.\d+)*)(?:;[A-Za-z0-9-]+)*$/;

/** The lists of columns, how words are searched, choices, and the names of columns wherever they stand. */
export function lintFields(block: LintBlock): void {
  const { listFields, searchFields } = block.words;
  const lists = [listFields, searchFields];
  if (block.kind === 'customer-user') lists.push('CustomerUserPostMasterSearchFields', 'CustomerUserNameFields');
  for (const key of lists) lintList(block, key);
  lintMissingLists(block);
  if (block.kind === 'customer-user') lintEmail(block);
  lintSearch(block);
  lintSelections(block);
  lintNames(block, lists);
}

function lintList(block: LintBlock, key: string): void {
  const seen = new Set<string>();
  const password = block.rowFor('UserPassword')?.storage;
  for (const column of namesOf(block.given[key])) {
    const variable = block.rowStoring(column) === null ? block.rowFor(column) : null;
    if (seen.has(column)) block.find('list-field-duplicate', [key], { key, column });
    else if (variable !== null) block.find('list-variable', [key], { key, variable: column, column: variable.storage });
    else if (column === password) block.find('list-password', [key], { key, column });
    else if (block.rowStoring(column) === null && block.rows.length > 0) block.find('list-field-unmapped', [key], { key, column });
    seen.add(column);
  }
}

function lintMissingLists(block: LintBlock): void {
  const { searchFields } = block.words;
  const missing = (key: string, effect: string, example: string): void => {
    if (namesOf(block.given[key]).length === 0) block.find('list-missing', isGiven(block.given[key]) ? [key] : [], { key, effect, example });
  };
  const people = block.driver === 'ldap' ? "[ 'uid', 'cn', 'mail' ]" : "[ 'login', 'first_name', 'last_name', 'customer_id' ]";
  missing(searchFields, 'Only the key is searched; the helpdesk finds nothing at all in a table.', block.kind === 'customer' ? "[ 'customer_id', 'name' ]" : people);
  if (block.kind === 'customer-user') {
    missing('CustomerUserPostMasterSearchFields', 'The helpdesk recognises no sender of mail from this source.', block.driver === 'ldap' ? "[ 'mail' ]" : "[ 'email' ]");
  }
}

function lintEmail(block: LintBlock): void {
  const email = block.rowFor('UserEmail')?.storage;
  if (email === undefined) return;
  const [key, sender] = [block.words.listFields, 'CustomerUserPostMasterSearchFields'];
  const listed = namesOf(block.given[key]);
  if (listed.length > 0 && listed.at(-1) !== email) block.find('list-email-not-last', [key], { key, column: email });
  const senders = namesOf(block.given[sender]);
  if (senders.length > 0 && !senders.includes(email)) block.find('sender-not-by-email', [sender], { key: sender, column: email });
}

function lintSearch(block: LintBlock): void {
  const { prefix, suffix, limit, hostLimit } = block.words;
  if (rawText(block.given[prefix])?.includes('*') === true && block.driver === 'database') block.find('search-prefix-star', [prefix], { key: prefix });
  if (rawText(block.given[suffix]) === '') block.find('search-suffix-none', [suffix], { key: suffix });
  const hits = numberOrNull(block.given[limit]);
  if (hits === 0) block.find('list-limit-zero', [limit], { key: limit, hostLimit: hostLimit[block.driver ?? 'database'] });
  if (hits !== null && hits > manyHits) block.find('list-limit-large', [limit], { key: limit, limit: hits });
}

function lintSelections(block: LintBlock): void {
  const { Selections: selections } = block.given;
  if (!isContent(selections)) return;
  for (const [variable, choices] of Object.entries(selections)) {
    const path = ['Selections', variable];
    if (block.rowFor(variable) === null) block.find('selection-unmapped', path, { variable });
    if (!isContent(choices)) block.find('value-type', path, { key: path.join('.'), expected: 'values with labels', example: "{ 'Mr.' => 'Mr.' }" });
    else if (Object.keys(choices).length === 0) block.find('selection-empty', path, { variable });
  }
}

/** A name that holds more than a name would reach into the query. The database's own schema decides in the end. */
function lintNames(block: LintBlock, lists: readonly string[]): void {
  const pattern = block.driver === 'ldap' ? attributeName : columnName;
  const check = (name: string, path: readonly (string | number)[], place: string, allowed: RegExp = pattern): void => {
    const reason = name === '' || allowed.test(name) ? null : reasonAgainst(name);
    if (reason !== null) block.find('map-storage-malformed', path, { place, reason });
  };
  for (const { storage, index, elements } of block.rows) {
    if (textOf(elements[5]) !== 'dynamic_field') check(storage, ['Map', index], `The third element of row ${index + 1} of the Map`);
  }
  const dynamicFields = new Set(block.rows.filter(({ elements }) => textOf(elements[5]) === 'dynamic_field').map(({ storage }) => storage));
  for (const key of lists) {
    for (const name of namesOf(block.given[key])) if (!dynamicFields.has(name)) check(name, [key], `A name in ${key}`);
  }
  for (const key of [block.words.key, 'CustomerID', block.words.valid]) check(block.text(key), [key], key);
  if (block.driver === 'database') check(textOf(block.params['Table']), ['Params', 'Table'], 'Params.Table', tableName);
}

function reasonAgainst(name: string): string {
  const [character] = /[^\p{L}\p{N}_]/u.exec(name) ?? [];
  if (character === undefined) return 'it begins with a digit';
  return /\s/.test(character) ? 'it holds white space' : `it holds the character ${character}`;
}
