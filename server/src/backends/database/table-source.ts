import type { Clock } from '../../kernel/clock.js';
import type { Connection } from '../../platform/persistence/database.js';
import type { Dialect } from './dialect.js';
import type { TablePlan } from './table-plan.js';

export interface OpenTable {
  readonly connection: Connection;
  readonly dialect: Dialect;
  readonly plan: TablePlan;
}

/** A database that was out of reach is tried again no sooner. */
const restMs = 5_000;

/** Opens the table when it is first needed, once for all who ask, and again after a failure. */
export class TableSource {
  private opening: Promise<OpenTable> | null = null;
  private opened: OpenTable | null = null;
  private failure: { readonly error: unknown; readonly at: number } | null = null;

  constructor(
    private readonly open: () => Promise<OpenTable>,
    private readonly clock: Clock,
  ) {}

  /** What is known without asking. */
  get current(): OpenTable | null {
    return this.opened;
  }

  async get(): Promise<OpenTable> {
    if (this.opened) return this.opened;
    if (this.failure && this.clock.now().getTime() - this.failure.at < restMs) throw this.failure.error;
    this.opening ??= this.tryOpen();
    return this.opening;
  }

  private async tryOpen(): Promise<OpenTable> {
    try {
      this.opened = await this.open();
      return this.opened;
    } catch (error) {
      this.failure = { error, at: this.clock.now().getTime() };
      throw error;
    } finally {
      this.opening = null;
    }
  }
}
