import type { BackendBlock } from './block.js';
import { ConfigurationError } from './configuration-error.js';
import { blockingFaults, isConfigPm, parseYaml, readConfigurationFile, readText, unreadWarnings } from './configuration-file.js';
import { record, withoutNulls } from './perl-values.js';
import { blockNames, faultsOf, readBlocks, type Findings } from './read-blocks.js';
import type { HelpdeskSettings } from './helpdesk-settings.js';
import { keptSettings, nested, over } from './setting-names.js';
import { settingNames, SettingsSection, type Settings } from './settings.js';

/** Where a setting comes from; of a hash, where any of its entries does. */
export type SettingSource = 'file' | 'helpdesk' | 'default';

/** What the operator configured, checked. */
export interface Configuration {
  /** The file; `null`: the helpdesk's defaults. */
  readonly source: string | null;
  /** Both in their order of precedence. */
  readonly customerUserBlocks: readonly BackendBlock[];
  readonly customerBlocks: readonly BackendBlock[];
  /** As they hold at this moment: they follow the helpdesk, so ask where they are used and keep none. */
  readonly settings: Settings;
  /** What the file says of them, unchecked. May hold secrets. */
  readonly givenSettings: Readonly<Record<string, unknown>>;
  readonly settingSources: ReadonlyMap<string, SettingSource>;
  /** Worth a line in the log, and no reason to stop. */
  readonly warnings: readonly string[];
}

/**
 * Reads the file: ours (YAML, and so JSON too), or a helpdesk's `Kernel/Config.pm`. Without one the helpdesk's default
 * blocks apply. Throws ConfigurationError.
 */
export async function loadConfiguration(path: string | null): Promise<Configuration> {
  if (path === null) return configurationOf({}, null);
  return isConfigPm(path) ? loadConfigPm(path) : parseConfiguration(await readText(path), path);
}

export function parseConfiguration(text: string, source: string): Configuration {
  return configurationOf(parseYaml(text, source).content, source);
}

/** Where something in it cannot be known without running it, the rest is used, unless too much would be allowed then. */
async function loadConfigPm(path: string): Promise<Configuration> {
  const { content, findings } = await readConfigurationFile(path);
  const faults = blockingFaults(findings);
  if (faults.length > 0) throw new ConfigurationError(faults, path);
  const configuration = configurationOf(content, path);
  return { ...configuration, warnings: [...unreadWarnings(findings), ...configuration.warnings] };
}

function configurationOf(file: Readonly<Record<string, unknown>>, source: string | null): Configuration {
  const findings: Findings = { faults: [], warnings: [] };
  const customerUserBlocks = readBlocks('customer-user', file, findings);
  const customerBlocks = readBlocks('customer', file, findings);
  const section = record.safeParse(file['Settings'] ?? {});
  const givenSettings = section.success ? withoutNulls(nested(section.data)) : {};
  const settings = readSettings(section.success ? givenSettings : file['Settings'], findings);
  warnOfUnknownBlocks(file, findings);
  if (findings.faults.length > 0 || settings === null) throw new ConfigurationError(findings.faults, source);
  return { source, customerUserBlocks, customerBlocks, settings, givenSettings, settingSources: sourcesOf(givenSettings, {}), warnings: findings.warnings };
}

/** The file is above the helpdesk's tables, and these are above the defaults. */
export function withHelpdeskSettings(configuration: Configuration, { values, warnings }: HelpdeskSettings): Configuration {
  const { givenSettings } = configuration;
  const stored = withoutNulls(values);
  const read = SettingsSection.safeParse(over(stored, givenSettings));
  if (!read.success) return { ...configuration, warnings: [...configuration.warnings, ...faultsOf('SysConfig', read.error)] };
  return { ...configuration, settings: read.data, settingSources: sourcesOf(givenSettings, stored), warnings: [...configuration.warnings, ...warnings] };
}

function sourcesOf(file: Readonly<Record<string, unknown>>, helpdesk: Readonly<Record<string, unknown>>): ReadonlyMap<string, SettingSource> {
  const names = new Set([...settingNames, ...Object.keys(file), ...Object.keys(helpdesk)]);
  return new Map([...names].map((name) => [name, name in file ? 'file' : name in helpdesk ? 'helpdesk' : 'default']));
}

function readSettings(given: unknown, findings: Findings): Settings | null {
  const read = SettingsSection.safeParse(given);
  if (!read.success) {
    findings.faults.push(...faultsOf('Settings', read.error));
    return null;
  }
  for (const name of Object.keys(read.data.others)) {
    if (!keptSettings.has(name)) findings.warnings.push(`Settings, ${name}: is not a setting that is known here; it has no effect`);
  }
  return read.data;
}

function warnOfUnknownBlocks(file: Readonly<Record<string, unknown>>, findings: Findings): void {
  const known = new Set(['Settings', ...blockNames('customer-user'), ...blockNames('customer')]);
  for (const name of Object.keys(file)) {
    if (!known.has(name)) findings.warnings.push(`${name}: is not a block that is known here; it has no effect`);
  }
}
