import type { BackendKind } from '../../contract/backend.js';
import { blockNameOf, lastBlockNumber } from './host-names.js';
import { LintBlock } from './lint-block.js';
import { lintFields } from './lint-fields.js';
import { lintKeys } from './lint-keys.js';
import { lintMap } from './lint-map.js';
import { LintReport, type Finding } from './lint-report.js';
import { lintSettings } from './lint-settings.js';
import { lintSource } from './lint-source.js';
import { isContent, isGiven, isOn, type Content } from './lint-values.js';
import type { UnreadNote } from './read-config-pm.js';
import type { Place } from './source-text.js';
import type { ConfigurationPath } from './to-configuration.js';

/** Keys that restrict who is shown or what is written: without them too much would be allowed. */
const restrictions = ['ReadOnly', 'CustomerValid', 'CustomerCompanyValid', 'CustomerUserValidFilter', 'Params.AlwaysFilter', 'Params.GroupDN'];

export interface LintInput {
  /** Its name, for the findings. */
  readonly file: string;
  /** Blocks and `Settings`, unchecked. */
  readonly content: Content;
  /** The helpdesk's default blocks: one counts where the content has none of its kind. */
  readonly defaults: Content;
  readonly placeOf: (path: ConfigurationPath) => Place | null;
  /** Only of a Config.pm. */
  readonly unread?: readonly UnreadNote[];
  readonly ignoredBlocks?: readonly { readonly name: string; readonly place: Place | null }[];
}

/** Everything that can be said about a configuration without connecting to anything, in the order of the file. */
export function lintConfiguration(input: LintInput): readonly Finding[] {
  const { file, content, placeOf } = input;
  const report = new LintReport(file, placeOf);
  const blocks = blocksOf(content, report);
  for (const block of blocks) {
    lintKeys(block);
    lintMap(block);
    lintFields(block);
    lintSource(block);
  }
  lintTogether(blocks, report);
  lintGaps(blocks);
  const inUse = [...blocks, ...unmentioned(input.defaults, blocks, report)];
  lintSettings(isContent(content['Settings']) ? content['Settings'] : {}, inUse, report);
  for (const { name, place } of input.ignoredBlocks ?? []) report.addAt('source-ignored', place, { block: name });
  lintUnread(input.unread ?? [], inUse, report);
  return report.findings.sort((one, other) => (one.line ?? 0) - (other.line ?? 0));
}

function blocksOf(content: Content, report: LintReport): readonly LintBlock[] {
  return Object.entries(content).flatMap(([name, given]) => {
    if (name === 'Settings' || !isGiven(given)) return [];
    const blockName = blockNameOf(name);
    if (blockName === null) report.add('top-level-unknown', [name], { key: name });
    else if (blockName.number === null) report.add('source-ignored', [name], { block: name });
    else if (isContent(given)) return [new LintBlock(name, blockName.kind, given, report)];
    else report.add('block-malformed', [name], { block: name });
    return [];
  });
}

/** Default blocks of the kinds that the content says nothing about. They are sound, and only looked into. */
function unmentioned(defaults: Content, blocks: readonly LintBlock[], report: LintReport): readonly LintBlock[] {
  return Object.entries(defaults).flatMap(([name, given]) => {
    const kind = blockNameOf(name)?.kind;
    return kind === undefined || !isContent(given) || blocks.some((block) => block.kind === kind) ? [] : [new LintBlock(name, kind, given, report)];
  });
}

/** What only shows when all blocks are looked at. */
function lintTogether(blocks: readonly LintBlock[], report: LintReport): void {
  const names = new Map<string, string>();
  const sources = new Map<string, string>();
  for (const block of blocks) {
    const title = `${block.kind} ${block.text('Name')}`;
    const { DSN, Url, Host, Table, BaseDN, AlwaysFilter, GroupDN } = block.params;
    const source = JSON.stringify([block.kind, block.driver, DSN, Url, Host, Table, BaseDN, AlwaysFilter, GroupDN]);
    const [sameName, sameSource] = [names.get(title), sources.get(source)];
    if (sameName !== undefined && block.text('Name') !== '') block.find('name-duplicate', ['Name'], { other: sameName });
    if (sameSource !== undefined && block.driver !== null) block.find('source-duplicate', ['Params'], { other: sameSource });
    if (sameName === undefined) names.set(title, block.name);
    if (sameSource === undefined) sources.set(source, block.name);
  }
  const hasCustomers = blocks.some(({ kind }) => kind === 'customer');
  const supporting = blocks.find(({ given }) => isOn(given['CustomerCompanySupport']));
  if (supporting !== undefined && !hasCustomers) report.add('customers-default', [supporting.name, 'CustomerCompanySupport'], { block: supporting.name });
}

function lintGaps(blocks: readonly LintBlock[]): void {
  for (const kind of ['customer-user', 'customer'] satisfies BackendKind[]) {
    const numbered = blocks.filter((block) => block.kind === kind).map((block) => ({ block, number: blockNameOf(block.name)?.number ?? 0 }));
    const last = numbered.reduce((highest, entry) => (entry.number > highest.number ? entry : highest), { block: numbered[0]?.block, number: 0 });
    const used = new Set(numbered.map(({ number }) => number));
    const free = Array.from({ length: Math.min(last.number, lastBlockNumber) }, (_, index) => index + 1).filter((number) => !used.has(number));
    if (free.length > 0) last.block?.find('source-gap', [], { free: free.join(', ') });
  }
}

function lintUnread(notes: readonly UnreadNote[], blocks: readonly LintBlock[], report: LintReport): void {
  for (const { code, line, column, text, skipped } of notes) {
    report.addAt(`unread-${code}`, { line, column }, { text, skipped: skipped ?? 'nothing in particular' });
    for (const block of blocks) {
      const key = restrictions.find((restriction) => isUpon(skipped, `${block.name}.${restriction}`));
      if (key !== undefined) report.addAt('restriction-unread', { line, column }, { block: block.name, key });
    }
  }
}

/**
 * Whether what was skipped is the key, or holds it. A computed key (`?`) may be any; so may the block behind a variable,
 * as in a loop over blocks.
 */
function isUpon(skipped: string | null, key: string): boolean {
  const [block = '', ...inside] = skipped?.split('.') ?? [];
  const [ofBlock, ...restriction] = key.split('.');
  if (block !== ofBlock && (inside.length === 0 || (block !== '?' && !block.startsWith('$')))) return false;
  return inside.length <= restriction.length && inside.every((step, index) => step === '?' || step === restriction[index]);
}
