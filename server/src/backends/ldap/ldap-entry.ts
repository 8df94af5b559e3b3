import { createHmac } from 'node:crypto';
import type { Entry } from 'ldapts';
import type { FieldValue } from '../../../contract/field.js';
import type { StoredRecord } from '../backend.js';
import type { FieldMapRow } from '../field-map.js';
import type { LdapCharset } from './ldap-charset.js';
import type { LdapPlan } from './ldap-plan.js';

/** One entry, its values as texts in the directory's order. */
export interface LdapEntry {
  readonly dn: string;
  /** In any spelling of the name; a value that is no text is an empty one. */
  values(attribute: string): readonly string[];
  readonly first: (attribute: string) => string;
  /** Of all attributes that came, in lower case, with their options. */
  readonly names: readonly string[];
  /** Attributes with values that are no text in the configured character set. */
  readonly unreadable: readonly string[];
}

export function readEntry(entry: Entry, charset: LdapCharset): LdapEntry {
  const texts = new Map<string, readonly string[]>();
  const unreadable: string[] = [];
  for (const [attribute, given] of Object.entries(entry)) {
    if (attribute === 'dn') continue;
    const values = (Array.isArray(given) ? given : [given]).map((value) => textOf(value, charset));
    if (values.includes(null)) unreadable.push(attribute);
    texts.set(attribute.toLowerCase(), values.map((value) => value ?? ''));
  }
  const values = (attribute: string): readonly string[] => texts.get(attribute.toLowerCase()) ?? [];
  return { dn: entry.dn, values, first: (attribute) => values(attribute)[0] ?? '', names: [...texts.keys()], unreadable };
}

export function recordOf(
  entry: LdapEntry,
  plan: LdapPlan,
  facts: { readonly backendId: string; readonly secretKey: string; readonly isValid: boolean },
): StoredRecord {
  const values: Record<string, FieldValue> = {};
  for (const row of plan.mapped) values[row.variable] = fieldValue(entry, row);
  const name = plan.name.map(entry.first).filter((part) => part !== '').join(plan.nameJoin);
  const validity = facts.isValid ? 'valid' : 'invalid';
  const version = createHmac('sha256', facts.secretKey).update(JSON.stringify([entry.dn, values, name, validity])).digest('base64url').slice(0, 22);
  return { backendId: facts.backendId, key: entry.first(plan.key), values, validity, name, version, created: null, changed: null };
}

function fieldValue(entry: LdapEntry, { variable, storage, type }: FieldMapRow): FieldValue {
  // Further customers are a list with semicolons in one value, in several values, or both.
  if (variable === 'UserCustomerIDs') return entry.values(storage).filter((value) => value !== '').join(';');
  const first = entry.first(storage);
  // As the helpdesk does it: Exchange writes the kind of address before it.
  const text = storage.toLowerCase() === 'targetaddress' ? first.replace(/^SMTP:/i, '') : first;
  if (type !== 'integer') return text;
  if (text === '') return null;
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : text;
}

/** The library hands out text where the bytes happen to be UTF-8, which says nothing about another character set. */
function textOf(value: Buffer | string, charset: LdapCharset): string | null {
  if (typeof value === 'string') return charset.isUtf8 ? value : charset.decode(Buffer.from(value, 'utf8'));
  return charset.decode(value);
}
