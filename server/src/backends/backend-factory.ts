import type { BackendBlock } from '../configuration/index.js';
import { BlockFaults, type BackendDriver, type DriverContext, type OpenedBackend } from './backend-driver.js';
import type { Backend } from './backend.js';
import { BackendHealth } from './backend-health.js';
import { CachedBackend } from './cache/cached-backend.js';
import { OwnGenerations, type Generations } from './cache/generations.js';
import { mappedDynamicFields } from './dynamic-fields/dynamic-field.js';
import { withDynamicFields } from './dynamic-fields/with-dynamic-fields.js';
import { faultsOfMap } from './field-map.js';
import { GuardedBackend } from './guarded-backend.js';

/** A backend as everybody asks it, and how it is doing. */
export interface WatchedBackend extends OpenedBackend {
  readonly health: BackendHealth;
}

export interface OpeningContext extends DriverContext {
  /** Not given: those of this process alone. */
  readonly generations?: Generations;
}

/** Picks the driver by the block's `Module`, has it check the block, and opens the backend. Throws BlockFaults. */
export async function openBackend(
  block: BackendBlock,
  drivers: readonly BackendDriver[],
  context: OpeningContext,
): Promise<WatchedBackend> {
  const driver = drivers.find(({ modules }) => modules.includes(block.module));
  if (!driver) {
    const known = drivers.flatMap(({ modules }) => modules).join(', ');
    throw new BlockFaults([`Module: "${block.module}" is not known here; known are ${known}`]);
  }
  const faults = faultsOfMap(block);
  if (faults.length > 0) throw new BlockFaults(faults);
  const dynamicFields = mappedDynamicFields(block, context.dynamicFields);
  const opened = await driver.open(block, context);
  const health = new BackendHealth(block.id, context.clock);
  health.noteStart(opened.failure);
  const completed = withDynamicFields(opened.backend, dynamicFields, context.mainConnection);
  const guarded = new GuardedBackend(completed, health);
  return { ...opened, backend: isCached(block, opened) ? cached(guarded, block, context) : guarded, health };
}

/** The main database answers quickly and is written by the helpdesk as well: what is remembered of it would be wrong at any moment. */
function isCached({ cacheTtl }: BackendBlock, { isInMainDatabase }: OpenedBackend): boolean {
  return cacheTtl > 0 && !isInMainDatabase;
}

function cached(backend: Backend, { cacheTtl }: BackendBlock, { generations = new OwnGenerations() }: OpeningContext): Backend {
  return new CachedBackend(backend, cacheTtl, { generations, now: () => performance.now() });
}
