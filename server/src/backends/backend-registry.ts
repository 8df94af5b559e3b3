import type { BackendKind, BackendStatus } from '../../contract/backend.js';
import { ConfigurationError, type BackendBlock, type Configuration } from '../configuration/index.js';
import { NotFound } from '../kernel/errors.js';
import type { Connection } from '../platform/persistence/database.js';
import type { Backend } from './backend.js';
import { BlockFaults, type BackendDriver } from './backend-driver.js';
import { openBackend, type OpeningContext, type WatchedBackend } from './backend-factory.js';
import type { BackendHealth } from './backend-health.js';
import { dynamicFieldWarnings, readDynamicFields, type DynamicField } from './dynamic-fields/dynamic-field.js';

/** All configured backends, open, each kind in its order of precedence. */
export class BackendRegistry {
  private constructor(
    private readonly watched: readonly WatchedBackend[],
    /** Of the blocks: what an operator should read in the log. */
    readonly warnings: readonly string[],
  ) {}

  /** Opens every block. Throws ConfigurationError with the faults of all wrong ones; who is only out of reach stays. */
  static async open(
    configuration: Configuration,
    drivers: readonly BackendDriver[],
    surroundings: Omit<OpeningContext, 'dynamicFields'>,
  ): Promise<BackendRegistry> {
    const blocks = [...configuration.customerUserBlocks, ...configuration.customerBlocks];
    const context = { ...surroundings, dynamicFields: await dynamicFieldsFor(blocks, surroundings.mainConnection) };
    const openings = await Promise.allSettled(blocks.map((block) => openBackend(block, drivers, context)));
    const opened = openings.flatMap((opening) => (opening.status === 'fulfilled' ? [opening.value] : []));
    try {
      throwFaults(blocks, openings, configuration.source);
    } catch (error) {
      await Promise.allSettled(opened.map(({ backend }) => backend.close()));
      throw error;
    }

    return new BackendRegistry(opened, blocks.flatMap((block) => dynamicFieldWarnings(block, context.dynamicFields)));
  }

  get backends(): readonly Backend[] {
    return this.watched.map(({ backend }) => backend);
  }

  ofKind(kind: BackendKind): readonly Backend[] {
    return this.backends.filter((backend) => backend.kind === kind);
  }

  /** How all of them are doing, in the same order. Asks nobody anything. */
  get statuses(): readonly BackendStatus[] {
    return this.watched.map(statusOf);
  }

  get healths(): readonly BackendHealth[] {
    return this.watched.map(({ health }) => health);
  }

  statusOf(id: string): BackendStatus {
    return statusOf(this.watchedBackend(id));
  }

  /** By the name of its block. Throws NotFound. */
  backend(id: string): Backend {
    return this.watchedBackend(id).backend;
  }

  /** The same with how it is doing. */
  watchedBackend(id: string): WatchedBackend {
    const watched = this.watched.find(({ backend }) => backend.id === id);
    if (!watched) throw new NotFound(`there is no backend ${id}`);
    return watched;
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.backends.map((backend) => backend.close()));
  }
}

function statusOf({ health, inspector }: WatchedBackend): BackendStatus {
  return { ...health.status, certificateEndsAt: inspector.certificateEndsAt?.toISOString() ?? null };
}

/** Asked for only where a Map names one: a store without a helpdesk may not have the table. */
async function dynamicFieldsFor(blocks: readonly BackendBlock[], main: Connection): Promise<readonly DynamicField[]> {
  const isNamed = blocks.some(({ map }) => map.some(({ type }) => type === 'dynamic-field'));
  return isNamed ? readDynamicFields(main) : [];
}

function throwFaults(
  blocks: readonly BackendBlock[],
  openings: readonly PromiseSettledResult<WatchedBackend>[],
  source: string | null,
): void {
  const faults = openings.flatMap((opening, index) => {
    if (opening.status === 'fulfilled') return [];
    if (!(opening.reason instanceof BlockFaults)) throw opening.reason;
    return opening.reason.faults.map((fault) => `${blocks[index]?.id}, ${fault}`);
  });
  if (faults.length > 0) throw new ConfigurationError(faults, source);
}
