import { readFile } from 'node:fs/promises';
import { parseDocument } from 'yaml';
import type { BackendBlock } from './block.js';
import { ConfigurationError } from './configuration-error.js';
import { record, withoutNulls } from './perl-values.js';
import { blockNames, faultsOf, readBlocks, type Findings } from './read-blocks.js';
import { keptSettings, SettingsSection, type Settings } from './settings.js';

/** What the operator configured, checked. */
export interface Configuration {
  /** The file; `null`: the helpdesk's defaults. */
  readonly source: string | null;
  /** Both in their order of precedence. */
  readonly customerUserBlocks: readonly BackendBlock[];
  readonly customerBlocks: readonly BackendBlock[];
  readonly settings: Settings;
  /** Worth a line in the log, and no reason to stop. */
  readonly warnings: readonly string[];
}

/** Reads the file (YAML, and so JSON too); without one the helpdesk's default blocks apply. Throws ConfigurationError. */
export async function loadConfiguration(path: string | null): Promise<Configuration> {
  if (path === null) return configurationOf({}, null);
  return parseConfiguration(await readText(path), path);
}

export function parseConfiguration(text: string, source: string): Configuration {
  const file = record.safeParse(contentOf(text, source) ?? {});
  if (!file.success) throw new ConfigurationError(['expected blocks such as CustomerUser and CustomerCompany'], source);
  return configurationOf(file.data, source);
}

function configurationOf(file: Readonly<Record<string, unknown>>, source: string | null): Configuration {
  const findings: Findings = { faults: [], warnings: [] };
  const customerUserBlocks = readBlocks('customer-user', file, findings);
  const customerBlocks = readBlocks('customer', file, findings);
  const settings = readSettings(file['Settings'] ?? {}, findings);
  warnOfUnknownBlocks(file, findings);
  if (findings.faults.length > 0 || settings === null) throw new ConfigurationError(findings.faults, source);
  return { source, customerUserBlocks, customerBlocks, settings, warnings: findings.warnings };
}

function readSettings(given: unknown, findings: Findings): Settings | null {
  const section = record.safeParse(given);
  const read = SettingsSection.safeParse(section.success ? withoutNulls(section.data) : given);
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

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const reason = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown reason';
    throw new ConfigurationError([`the file cannot be read (${reason})`], path);
  }
}

/** The parser's own messages quote the file, and a password with them: only the code and the place are told. */
function contentOf(text: string, source: string): unknown {
  const document = parseDocument(text);
  if (document.errors.length > 0) {
    throw new ConfigurationError(document.errors.map(({ code, linePos }) => `${placeOf(linePos)}: not YAML (${code})`), source);
  }
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    throw new ConfigurationError(['not YAML (an alias that leads nowhere, or too many of them)'], source);
  }
}

function placeOf(position: readonly { line: number; col: number }[] | undefined): string {
  const start = position?.[0];
  return start === undefined ? 'somewhere' : `line ${start.line}, column ${start.col}`;
}
