import type { z } from 'zod';
import type { BackendBlock } from '../configuration/index.js';
import type { Clock } from '../kernel/clock.js';
import type { Connection } from '../platform/persistence/database.js';
import type { Backend } from './backend.js';
import type { DynamicField } from './dynamic-fields/dynamic-field.js';

/** What a driver gets from outside. */
export interface DriverContext {
  readonly mainConnection: Connection;
  readonly clock: Clock;
  /** Known to all processes of this installation and to nobody else: for versions, which must not betray what they hash. */
  readonly secretKey: string;
  /** The helpdesk's, valid or not; empty where no Map names one. */
  readonly dynamicFields: readonly DynamicField[];
}

/** A backend ready for use; `failure`: why it could not be reached at once. It goes on trying whenever it is asked. */
export interface OpenedBackend {
  readonly backend: Backend;
  readonly failure: Error | null;
}

/** One kind of backend: the `Module` names it answers to, and how a block becomes a backend. */
export interface BackendDriver {
  readonly name: string;
  readonly modules: readonly string[];
  /** Throws BlockFaults when the block is wrong; a store that is out of reach is no fault of the block. */
  open(block: BackendBlock, context: DriverContext): Promise<OpenedBackend>;
}

/** What is wrong with one block, each as a sentence that begins with the place in the block. */
export class BlockFaults extends Error {
  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = new.target.name;
  }
}

/** A driver from its schema of the block's `Params` and its way to open what the schema let through. */
export function defineDriver<Params extends z.ZodType>(driver: {
  readonly name: string;
  readonly modules: readonly string[];
  readonly params: Params;
  open(block: BackendBlock, params: z.output<Params>, context: DriverContext): Promise<OpenedBackend>;
}): BackendDriver {
  return {
    name: driver.name,
    modules: driver.modules,
    open: (block, context) => {
      const params = driver.params.safeParse(block.params);
      if (params.success) return driver.open(block, params.data, context);
      throw new BlockFaults(
        params.error.issues.map(({ path, message }) => `${['Params', ...path].map(String).join('.')}: ${message}`),
      );
    },
  };
}
