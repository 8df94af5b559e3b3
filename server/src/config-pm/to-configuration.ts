import { databaseUrlOfDsn, withCredentials } from '../platform/persistence/dsn.js';
import { blockNameOf, isHostSetting, type BlockName } from './host-names.js';
import { plainValueOf, type PerlHash, type PerlValue, type PlainValue } from './perl-value.js';
import type { ConfigPm } from './read-config-pm.js';
import type { Place } from './source-text.js';

/** A block or a setting, or something in it: `['CustomerUser', 'Map', 3]`. */
export type ConfigurationPath = readonly (string | number)[];
export type PlainBlock = { readonly [key: string]: PlainValue };

export interface ImportedConfiguration {
  /** What a file of ours holds: the blocks under the helpdesk's names, and `Settings`. Holds the blocks' passwords. */
  readonly file: { readonly [key: string]: PlainValue };
  /** The helpdesk's own database; `null`: the file does not name it. Holds the password. */
  readonly databaseUrl: string | null;
  /** Blocks that the helpdesk never looks at, such as `CustomerUser11`, with their places. */
  readonly ignoredBlocks: readonly { readonly name: string; readonly place: Place | null }[];
  /** Where something of `file` stands in the Config.pm; of what was left out, where its holder stands; `null`: a default. */
  readonly placeOf: (path: ConfigurationPath) => Place | null;
}

/**
 * Takes from a Config.pm what this product works with. `defaults` are the blocks that the helpdesk has before the file
 * is read; they are written out only where the file changes them or adds others of their kind.
 */
export function toConfiguration({ values }: ConfigPm, defaults: { readonly [name: string]: PlainValue }): ImportedConfiguration {
  const blocks = new Map<string, PerlValue>();
  const settings = new Map<string, PerlValue>();
  const ignoredBlocks: { name: string; place: Place | null }[] = [];
  for (const [key, value] of values.entries) {
    const name = blockNameOf(key);
    if (name?.number === null) ignoredBlocks.push({ name: key, place: value.at });
    else if (name !== null && !isUndefined(value)) blocks.set(key, withoutUnreadRows(value));
    else if (isHostSetting(key)) settings.set(key, value);
  }
  dropUntouchedDefaults(blocks, defaults);

  const root: PerlHash = {
    kind: 'hash',
    entries: new Map([...[...blocks].sort(([one], [other]) => order(one) - order(other)), ...(settings.size === 0 ? [] : [['Settings', hashOf(settings)] as const])]),
    at: null,
  };
  return {
    file: plainBlock(root),
    databaseUrl: databaseUrlOf(values),
    ignoredBlocks,
    placeOf: (path) => placeIn(root, path),
  };
}

function hashOf(entries: Map<string, PerlValue>): PerlHash {
  return { kind: 'hash', entries, at: null };
}

/** An unread element of a Map row stays as "not given", or those behind it would move; elsewhere it is left out. */
function plainBlock(root: PerlHash): PlainBlock {
  const isMapRow = ([, key, ...rest]: readonly string[]): boolean => key === 'Map' && rest.length === 1;
  const plain = plainValueOf(root, isMapRow);
  return isBlock(plain) ? plain : {};
}

function isBlock(plain: PlainValue | undefined): plain is PlainBlock {
  return typeof plain === 'object' && plain !== null && !Array.isArray(plain);
}

/** A row whose variable or column is not known maps nothing. */
function withoutUnreadRows(block: PerlValue): PerlValue {
  const map = block.kind === 'hash' ? block.entries.get('Map') : undefined;
  if (block.kind !== 'hash' || map?.kind !== 'array') return block;
  const isKnown = (row: PerlValue): boolean =>
    row.kind !== 'unread' && (row.kind !== 'array' || (row.items[0]?.kind !== 'unread' && row.items[2]?.kind !== 'unread'));
  return { ...block, entries: new Map(block.entries).set('Map', { ...map, items: map.items.filter(isKnown) }) };
}

/** Where the file says nothing of a kind, nothing is written of it: the same defaults apply again. */
function dropUntouchedDefaults(blocks: Map<string, PerlValue>, defaults: { readonly [name: string]: PlainValue }): void {
  for (const [name, plain] of Object.entries(defaults)) {
    const block = blocks.get(name);
    if (block === undefined || JSON.stringify(plainValueOf(block)) !== JSON.stringify(plain)) continue;
    const hasOthers = [...blocks.keys()].some((other) => other !== name && blockNameOf(other)?.kind === blockNameOf(name)?.kind);
    if (!hasOthers) blocks.delete(name);
  }
}

/** Customer users before customers, each in the order of their numbers. */
function order(key: string): number {
  const name: BlockName | null = blockNameOf(key);
  return (name?.kind === 'customer' ? 100 : 0) + (name?.number ?? 0);
}

function isUndefined(value: PerlValue): boolean {
  return value.kind === 'scalar' && value.value === null;
}

function placeIn(root: PerlHash, path: ConfigurationPath): Place | null {
  let value: PerlValue | undefined = root;
  let place: Place | null = null;
  for (const step of path) {
    if (value?.kind === 'hash') value = value.entries.get(String(step));
    else value = value?.kind === 'array' ? value.items[Number(step)] : undefined;
    if (value === undefined) break;
    place = value.at ?? place;
  }
  return place;
}

/** From DatabaseDSN, DatabaseUser and DatabasePw; without a DSN, or with one of them unread, nothing is guessed. */
function databaseUrlOf(values: PerlHash): string | null {
  const [dsn, user, password] = ['DatabaseDSN', 'DatabaseUser', 'DatabasePw'].map((key) => values.entries.get(key));
  if ([dsn, user, password].some((value) => value?.kind === 'unread')) return null;
  const url = databaseUrlOfDsn(textOf(dsn) ?? '');
  const login = textOf(user);
  return url === null || login === null ? url : withCredentials(url, login, textOf(password) ?? '');
}

function textOf(value: PerlValue | undefined): string | null {
  return value?.kind === 'scalar' && value.value !== null ? String(value.value) : null;
}
