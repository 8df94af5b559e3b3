import { chmod, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Document, isMap, isNode, isScalar, visit } from 'yaml';
import { describeFinding, type Finding, severities } from '../config-pm/index.js';
import {
  blockingFaults,
  ConfigurationError,
  describeConfiguration,
  loadConfiguration,
  readConfigurationFile,
  type ConfigurationFile,
  type HelpdeskSettings,
  type SettingSource,
  withHelpdeskSettings,
} from '../configuration/index.js';
import { projectDirectory } from '../platform/config/environment.js';
import { describeAddress, parseDatabaseUrl } from '../platform/persistence/database-url.js';

/** Files with passwords are for their owner alone. */
const ownerOnly = 0o600;

export interface ImportTargets {
  /** Our own file. */
  readonly output: string;
  /** Takes `DATABASE_URL` and `CLIENTELE_CONFIG`. */
  readonly environmentFile?: string;
  /** Overwrites what is there. */
  readonly force?: true;
}

/** Writes a helpdesk's Config.pm as a file of ours; answers what was done and what was left out. Throws ConfigurationError. */
export async function importConfiguration(path: string, targets: ImportTargets): Promise<string> {
  const file = await readConfigurationFile(path);
  const faults = blockingFaults(file.findings);
  if (faults.length > 0) throw new ConfigurationError(faults, path);
  const output = resolve(targets.output);
  const left = file.findings.filter(({ code }) => code.startsWith('unread-') || code === 'source-ignored');
  await writeSecretly(output, contentFor(path, file, left), targets.force);
  if (targets.environmentFile !== undefined) await writeSecretly(resolve(targets.environmentFile), environmentFor(output, file), targets.force);
  const blocks = Object.keys(file.content).filter((key) => key !== 'Settings');
  return [
    `Written: ${output} (${blocks.length === 0 ? "no blocks: the helpdesk's defaults apply" : blocks.join(', ')}).`,
    ...databaseHint(file, targets.environmentFile),
    left.length === 0 ? 'Everything was read.' : `Left out, ${left.length} in number:\n${findingsText(left)}`,
  ].join('\n');
}

/** Asks the helpdesk's tables; `null`: there is no database to be asked. */
export type AskHelpdesk = (() => Promise<HelpdeskSettings>) | null;

/** The effective configuration without secrets, each setting with the place it comes from. Throws ConfigurationError. */
export async function showConfiguration(path: string | null, ask: AskHelpdesk): Promise<string> {
  const file = await loadConfiguration(path);
  const configuration = ask === null ? file : withHelpdeskSettings(file, await ask());
  const warnings = configuration.warnings.map((warning) => `# Warning: ${oneLine(warning)}\n`);
  const heading = `# From ${path ?? "the helpdesk's defaults: no file is named"}.\n`;
  return `${heading}${warnings.join('')}${yamlOf(describeConfiguration(configuration), configuration.settingSources)}`.trimEnd();
}

/** All findings, and whether one of them is an error. */
export async function lintConfigurationFile(path: string, form: 'text' | 'json'): Promise<{ text: string; hasErrors: boolean }> {
  const { findings } = await readConfigurationFile(path);
  const hasErrors = findings.some(({ severity }) => severity === 'error');
  if (form === 'json') return { text: JSON.stringify(findings.map((finding) => ({ ...finding, ...describeFinding(finding) })), null, 2), hasErrors };
  const counts = severities.map((severity) => `${severity} ${findings.filter((finding) => finding.severity === severity).length}`).join(', ');
  return { text: [...(findings.length === 0 ? [] : [findingsText(findings)]), `${path}: ${counts}`].join('\n'), hasErrors };
}

/** `Config.pm:23 warning unread-condition`, then what is so, what comes of it, and what to do. */
function findingsText(findings: readonly Finding[]): string {
  return findings
    .map((finding) => {
      const { fault, consequence, cure } = describeFinding(finding);
      const place = finding.line === null ? finding.file : `${finding.file}:${finding.line}`;
      return [`${place} ${finding.severity} ${finding.code}`, ...[fault, consequence, cure].map((sentence) => `  ${oneLine(sentence)}`)].join('\n');
    })
    .join('\n');
}

function contentFor(path: string, { content }: ConfigurationFile, left: readonly Finding[]): string {
  const heading = [
    `yaml-language-server: $schema=${pathToFileURL(join(projectDirectory(), 'docs', 'configuration.schema.json')).href}`,
    `From ${path}. It may hold passwords: only the service should be able to read it.`,
    ...left.map((finding) => `Left out of line ${finding.line ?? '?'}: ${oneLine(describeFinding(finding).fault)}`),
  ];
  return `${heading.map((line) => `# ${line}\n`).join('')}${yamlOf(content)}`;
}

function environmentFor(output: string, { databaseUrl }: ConfigurationFile): string {
  return [...(databaseUrl === null ? [] : [`DATABASE_URL=${databaseUrl}`]), `CLIENTELE_CONFIG=${output}`, ''].join('\n');
}

/** The address without its password. */
function databaseHint({ databaseUrl }: ConfigurationFile, environmentFile: string | undefined): readonly string[] {
  if (databaseUrl === null) return ["The file does not name the helpdesk's database: set DATABASE_URL yourself."];
  try {
    const place = describeAddress(parseDatabaseUrl(databaseUrl));
    return [environmentFile === undefined ? `It names the ${place}; --environment writes its address down.` : `Its address, with the password, is in ${resolve(environmentFile)}: the ${place}.`];
  } catch (error) {
    return [`The address of the helpdesk's database in it cannot be used: ${error instanceof Error ? error.message : 'it is no address'}.`];
  }
}

async function writeSecretly(path: string, text: string, force: true | undefined): Promise<void> {
  try {
    await writeFile(path, text, { mode: ownerOnly, flag: force ? 'w' : 'wx' });
    await chmod(path, ownerOnly);
  } catch (error) {
    const code: unknown = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
    throw new Error(code === 'EEXIST' ? `${path} is there already; --force overwrites it.` : `${path} cannot be written (${String(code)}).`, { cause: error });
  }
}

/** Lists of names, and rows of a Map, on one line each. */
function yamlOf(content: unknown, sources: ReadonlyMap<string, SettingSource> = new Map()): string {
  const document = new Document(content, { aliasDuplicateObjects: false });
  visit(document, {
    Seq(_, list) {
      if (list.items.every(isScalar)) list.flow = true;
    },
  });
  for (const [name, source] of sources) {
    const value: unknown = document.getIn(['Settings', name], true);
    if (isMap(value)) value.commentBefore = ` ${placeOf[source]}`;
    else if (isNode(value)) value.comment = ` ${placeOf[source]}`;
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

const placeOf: Readonly<Record<SettingSource, string>> = { file: 'file', helpdesk: "the helpdesk's tables", default: 'default' };

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
