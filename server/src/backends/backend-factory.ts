import type { BackendBlock } from '../configuration/index.js';
import { BlockFaults, type BackendDriver, type DriverContext, type OpenedBackend } from './backend-driver.js';
import { BackendHealth } from './backend-health.js';
import { mappedDynamicFields } from './dynamic-fields/dynamic-field.js';
import { withDynamicFields } from './dynamic-fields/with-dynamic-fields.js';
import { faultsOfMap } from './field-map.js';
import { GuardedBackend } from './guarded-backend.js';

/** A backend as everybody asks it, and how it is doing. */
export interface WatchedBackend extends OpenedBackend {
  readonly health: BackendHealth;
}

/** Picks the driver by the block's `Module`, has it check the block, and opens the backend. Throws BlockFaults. */
export async function openBackend(
  block: BackendBlock,
  drivers: readonly BackendDriver[],
  context: DriverContext,
): Promise<WatchedBackend> {
  const driver = drivers.find(({ modules }) => modules.includes(block.module));
  if (!driver) {
    const known = drivers.flatMap(({ modules }) => modules).join(', ');
    throw new BlockFaults([`Module: "${block.module}" is not known here; known are ${known}`]);
  }
  const faults = faultsOfMap(block);
  if (faults.length > 0) throw new BlockFaults(faults);
  const dynamicFields = mappedDynamicFields(block, context.dynamicFields);
  const { backend, inspector, failure } = await driver.open(block, context);
  const health = new BackendHealth(block.id, context.clock);
  health.noteStart(failure);
  const completed = withDynamicFields(backend, dynamicFields, context.mainConnection);
  return { backend: new GuardedBackend(completed, health), inspector, failure, health };
}
