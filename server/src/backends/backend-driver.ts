import type { z } from 'zod';
import type { ProbeStep } from '../../contract/backend.js';
import type { FieldValue } from '../../contract/field.js';
import type { BackendBlock } from '../configuration/index.js';
import type { Clock } from '../kernel/clock.js';
import type { Deadline } from '../kernel/deadline.js';
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
  readonly inspector: Inspector;
  readonly failure: Error | null;
  /** Its records are in the main database, where the helpdesk writes too. */
  readonly isInMainDatabase: boolean;
}

/** A record as the store keeps it, and as the Map makes it. */
export interface InspectedRow {
  /** By the name of the column or attribute. Never a secret one. */
  readonly raw: Readonly<Record<string, readonly string[]>>;
  readonly values: Readonly<Record<string, FieldValue>>;
  /** Names whose bytes are no text in the configured character set. */
  readonly unreadable: readonly string[];
}

/** Runs one step of a real test, and notes its time and its failure; a step that is never run is skipped. */
export type RunStep = <T>(step: ProbeStep, work: () => Promise<T>) => Promise<T>;

/** The way into a store for a real test: by a connection of its own, which leaves nothing behind. */
export interface Inspector {
  /** A few records, in whatever order. Throws what a step threw. */
  inspect(run: RunStep, deadline: Deadline): Promise<readonly InspectedRow[]>;
  /** Of the certificate that the store showed last; `null`: none yet, or it is not asked over TLS. */
  readonly certificateEndsAt: Date | null;
}

/** Records that a test shows. */
export const inspectedRows = 20;

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
