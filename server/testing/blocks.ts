import type { BackendBlock } from '../src/configuration/block.js';
import { parseConfiguration } from '../src/configuration/configuration.js';
import { defaultCustomerCompanyBlock, defaultCustomerUserBlock } from '../src/configuration/default-blocks.js';

/** Keys of a block in the operator's words; `undefined` takes a key out. */
type BlockChanges = Readonly<Record<string, unknown>>;

/** The helpdesk's default block with changes, read as from a file. */
export function aCustomerUserBlock(changes: BlockChanges = {}, id = 'CustomerUser'): BackendBlock {
  return readBlock(id, { ...defaultCustomerUserBlock, ...changes }, 'customerUserBlocks');
}

export function aCustomerBlock(changes: BlockChanges = {}, id = 'CustomerCompany'): BackendBlock {
  return readBlock(id, { ...defaultCustomerCompanyBlock, ...changes }, 'customerBlocks');
}

/** The default Map with rows added, or replaced where the variable is there already. */
export function mapWith(...rows: readonly (readonly unknown[])[]): (readonly unknown[])[] {
  const replaced = new Map<unknown, readonly unknown[]>(defaultCustomerUserBlock.Map.map((row) => [row[0], row]));
  for (const row of rows) replaced.set(row[0], row);
  return [...replaced.values()];
}

export function mapWithout(...variables: readonly string[]): (readonly unknown[])[] {
  return defaultCustomerUserBlock.Map.filter(([variable]) => !variables.includes(String(variable)));
}

function readBlock(id: string, content: BlockChanges, kind: 'customerUserBlocks' | 'customerBlocks'): BackendBlock {
  const configuration = parseConfiguration(JSON.stringify({ [id]: content }), 'test.json');
  const block = configuration[kind].find((candidate) => candidate.id === id);
  if (!block) throw new Error(`no block ${id}`);
  return block;
}
