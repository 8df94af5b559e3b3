import type { LintBlock, LintRow } from './lint-block.js';
import { isOn, textOf } from './lint-values.js';

const mostElements = 10;
const safeSchemes = new Set(['http', 'https', 'mailto', 'tel']);
/** What must be mapped, and what comes of it otherwise. */
const requiredVariables = {
  'customer-user': [
    ['UserLogin', 'People have no login: none can be opened, saved, or sign in.'],
    ['UserEmail', 'People have no address: mail from them is not recognised, and none can be sent.'],
    ['UserCustomerID', 'People belong to no customer: their tickets have none either.'],
  ],
  customer: [
    ['CustomerID', 'Customers have no ID: none can be opened or saved.'],
    ['CustomerCompanyName', 'Customers have no name to be shown or searched by.'],
  ],
} as const;

/** Rows of the Map: their form, what is there twice, and what is missing. */
export function lintMap(block: LintBlock): void {
  const { Map: map } = block.given;
  if (!Array.isArray(map)) return;
  for (const [index, row] of map.entries()) {
    const reason = formOf(row);
    if (reason !== null) block.find('map-row-malformed', ['Map', index], { row: index + 1, reason });
  }
  lintTwice(block);
  for (const row of block.rows) lintRow(block, row);
  for (const [variable, effect] of requiredVariables[block.kind]) {
    const row = block.rowFor(variable);
    if (row === null) block.find('map-variable-missing', ['Map'], { variable, effect });
    else if (!isOn(row.elements[4])) block.find('map-key-optional', ['Map', row.index], { variable });
  }
  lintKey(block);
  lintValidity(block);
}

/** What is wrong with the form of a row; `null`: nothing. */
function formOf(row: unknown): string | null {
  if (!Array.isArray(row)) return 'a list of elements is expected';
  if (row.length < 3) return `it has ${row.length} elements, and variable, label and column are needed`;
  if (row.length > mostElements) return `it has ${row.length} elements, and there are ten at most`;
  const [variable, , storage, shown, required, , , readOnly] = row.map((element) => (typeof element === 'boolean' ? String(Number(element)) : textOf(element)));
  if (!variable) return 'its first element, the variable, is empty';
  if (!storage) return 'its third element, the column, is empty';
  if (!['', '0', '1', '2', undefined].includes(shown)) return 'its fourth element, shown, must be 0, 1 or 2';
  if (!['', '0', '1', undefined].includes(required)) return 'its fifth element, required, must be 0 or 1';
  return ['', '0', '1', undefined].includes(readOnly) ? null : 'its eighth element, read only, must be 0 or 1';
}

function lintTwice(block: LintBlock): void {
  const variables = new Map<string, LintRow>();
  const columns = new Map<string, LintRow>();
  for (const row of block.rows) {
    const sameVariable = variables.get(row.variable);
    const sameColumn = columns.get(row.storage);
    const numbers = { variable: row.variable, column: row.storage, row: row.index + 1 };
    if (sameVariable !== undefined) block.find('map-variable-duplicate', ['Map', row.index], { ...numbers, other: sameVariable.index + 1 });
    else if (sameColumn !== undefined) block.find('map-storage-shared', ['Map', row.index], { ...numbers, other: sameColumn.index + 1 });
    if (sameVariable === undefined) variables.set(row.variable, row);
    if (sameColumn === undefined) columns.set(row.storage, row);
  }
}

function lintRow(block: LintBlock, row: LintRow): void {
  const { variable, storage, elements, index } = row;
  const [, , , shown, required, type, link, readOnly] = elements;
  const path = ['Map', index];
  const word = textOf(type);
  if (word !== '' && !['var', 'int', 'dynamic_field'].includes(word.toLowerCase())) block.find('map-type-unknown', path, { variable, type: word });
  if (block.isWritable && isOn(required) && isOn(readOnly)) block.find('map-required-read-only', path, { variable });
  if (variable === 'UserPassword' && isOn(shown)) block.find('map-password-shown', path, { row: index + 1 });
  const scheme = /^\s*([a-z][a-z0-9+.-]*):/i.exec(textOf(link))?.[1]?.toLowerCase();
  if (scheme !== undefined && !safeSchemes.has(scheme)) block.find('map-link-unsafe', path, { variable, scheme });
  const isDynamicField = word === 'dynamic_field';
  if (isDynamicField && variable !== `DynamicField_${storage}`) {
    block.find('map-dynamic-field-name', path, { field: storage, variable, expected: `DynamicField_${storage}` });
  }
}

function lintKey(block: LintBlock): void {
  const { keyColumn, words } = block;
  const row = block.rowFor(words.keyVariable);
  const facts = { column: keyColumn, key: words.key, variable: words.keyVariable };
  if (keyColumn !== '' && block.rowStoring(keyColumn) === null) block.find('map-key-unmapped', [words.key], facts);
  else if (keyColumn !== '' && row !== null && !isSame(block, row.storage, keyColumn)) block.find('map-key-mismatch', ['Map', row.index], { ...facts, mapped: row.storage });
  const customerId = block.kind === 'customer-user' ? block.text('CustomerID') : '';
  const customerRow = block.rowFor('UserCustomerID');
  if (customerId !== '' && customerRow !== null && !isSame(block, customerRow.storage, customerId)) {
    block.find('map-key-mismatch', ['Map', customerRow.index], { key: 'CustomerID', column: customerId, variable: 'UserCustomerID', mapped: customerRow.storage });
  }
}

function isSame(block: LintBlock, one: string, other: string): boolean {
  return one === other || (block.driver === 'ldap' && one.toLowerCase() === other.toLowerCase());
}

function lintValidity(block: LintBlock): void {
  const { valid: key } = block.words;
  const column = block.text(key);
  const row = block.rowFor('ValidID');
  if (column !== '' && block.rowStoring(column) === null) block.find('map-validity-missing', [key], { key, column });
  if (row === null) return;
  if (column === '' && block.driver === 'database') block.find('map-validity-unused', ['Map', row.index], { key, column: row.storage });
  const type = textOf(row.elements[5]);
  if (type.toLowerCase() !== 'int') block.find('map-validity-text', ['Map', row.index], { type: type || 'var' });
}
