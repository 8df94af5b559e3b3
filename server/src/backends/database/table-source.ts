import type { Connection } from '../../platform/persistence/database.js';
import type { Dialect } from './dialect.js';
import type { TablePlan } from './table-plan.js';

export interface OpenTable {
  readonly connection: Connection;
  readonly dialect: Dialect;
  readonly plan: TablePlan;
}

/** Opens the table when it is first needed, once for all who ask, and again after a failure. */
export class TableSource {
  private opening: Promise<OpenTable> | null = null;
  private opened: OpenTable | null = null;

  constructor(private readonly open: () => Promise<OpenTable>) {}

  /** What is known without asking. */
  get current(): OpenTable | null {
    return this.opened;
  }

  async get(): Promise<OpenTable> {
    if (this.opened) return this.opened;
    this.opening ??= this.tryOpen();
    return this.opening;
  }

  private async tryOpen(): Promise<OpenTable> {
    try {
      this.opened = await this.open();
      return this.opened;
    } finally {
      this.opening = null;
    }
  }
}
