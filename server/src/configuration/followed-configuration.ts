import { Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { deadlineIn, withDeadline } from '../kernel/deadline.js';
import type { BackendBlock } from './block.js';
import { withHelpdeskSettings, type Configuration, type SettingSource } from './configuration.js';
import type { HelpdeskSettings } from './helpdesk-settings.js';
import type { Settings } from './settings.js';

/** A change of a setting in the helpdesk holds here after a minute at most. */
const intervalMs = 60_000;
const patienceMs = 10_000;

/** The configuration of a running server: its blocks stay as they were at the start, its settings follow the helpdesk's. */
export class FollowedConfiguration implements Configuration, OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('configuration');
  private readonly told = new Set<string>();
  private current: Configuration;
  private timer: NodeJS.Timeout | null = null;
  private isFailing = false;

  constructor(
    private readonly file: Configuration,
    private readonly read: (signal: AbortSignal) => Promise<HelpdeskSettings>,
  ) {
    this.current = file;
  }

  get source(): string | null {
    return this.file.source;
  }

  get customerUserBlocks(): readonly BackendBlock[] {
    return this.file.customerUserBlocks;
  }

  get customerBlocks(): readonly BackendBlock[] {
    return this.file.customerBlocks;
  }

  get givenSettings(): Readonly<Record<string, unknown>> {
    return this.file.givenSettings;
  }

  get settings(): Settings {
    return this.current.settings;
  }

  get settingSources(): ReadonlyMap<string, SettingSource> {
    return this.current.settingSources;
  }

  get warnings(): readonly string[] {
    return this.current.warnings;
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.refresh(), intervalMs).unref();
  }

  onApplicationShutdown(): void {
    if (this.timer !== null) clearInterval(this.timer);
  }

  /** Never throws: while the tables cannot be read, what was read last holds. Each warning is logged once. */
  async refresh(): Promise<void> {
    const deadline = deadlineIn(patienceMs);
    try {
      const settings = await withDeadline(deadline, this.read(deadline.signal), () => new Error('no answer in time'));
      this.current = withHelpdeskSettings(this.file, settings);
      this.isFailing = false;
    } catch (error) {
      const reason = error instanceof Error ? error.message.replace(/\s+/g, ' ') : 'unknown reason';
      if (!this.isFailing) this.logger.warn(`The helpdesk's settings cannot be read, so those read before hold: ${reason}`);
      this.isFailing = true;
    }
    for (const warning of this.current.warnings) {
      if (!this.told.has(warning)) this.logger.warn(warning);
      this.told.add(warning);
    }
  }
}
