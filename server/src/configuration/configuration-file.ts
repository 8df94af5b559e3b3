import { readFile } from 'node:fs/promises';
import { isNode, LineCounter, parseDocument, type Document } from 'yaml';
import {
  ConfigPmTooLarge,
  describeFinding,
  lintConfiguration,
  readConfigPm,
  toConfiguration,
  type ConfigPm,
  type ConfigurationPath,
  type Finding,
  type Place,
} from '../config-pm/index.js';
import { ConfigurationError } from './configuration-error.js';
import { defaultCustomerCompanyBlock, defaultCustomerUserBlock } from './default-blocks.js';
import { record } from './perl-values.js';

/** What a configuration file holds, before it is checked, and all that the linter says about it. */
export interface ConfigurationFile {
  readonly content: Readonly<Record<string, unknown>>;
  readonly findings: readonly Finding[];
  /** The helpdesk's own database, where a Config.pm names it. Holds the password. */
  readonly databaseUrl: string | null;
}

const defaults = { CustomerUser: defaultCustomerUserBlock, CustomerCompany: defaultCustomerCompanyBlock };

/** Our own YAML (and so JSON too), or a helpdesk's `Kernel/Config.pm`, which is read and never run. Throws ConfigurationError. */
export async function readConfigurationFile(path: string): Promise<ConfigurationFile> {
  const text = await readText(path);
  if (isConfigPm(path)) return configPmFile(text, path);
  const { content, placeOf } = parseYaml(text, path);
  return { content, findings: lintConfiguration({ file: path, content, defaults, placeOf }), databaseUrl: null };
}

export function isConfigPm(path: string): boolean {
  return path.toLowerCase().endsWith('.pm');
}

/** Old files are often in Latin-1: a label is better readable than replaced. */
export async function readText(path: string): Promise<string> {
  const bytes = await readBytes(path);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    const code: unknown = typeof error === 'object' && error !== null && 'code' in error ? error.code : 'unknown reason';
    throw new ConfigurationError([`the file cannot be read (${String(code)})`], path);
  }
}

/** Findings that say that the file's own meaning is not known: with them nothing of it may be used. */
export function blockingFaults(findings: readonly Finding[]): readonly string[] {
  return findings.filter(({ severity, code }) => severity === 'error' && /^(?:unread|restriction-unread)/.test(code)).map(sentence);
}

/** What was not read, for the log. */
export function unreadWarnings(findings: readonly Finding[]): readonly string[] {
  return findings.filter(({ severity, code }) => severity === 'warning' && /^(?:unread|source-ignored)/.test(code)).map(sentence);
}

function sentence(finding: Finding): string {
  const { fault, consequence } = describeFinding(finding);
  return `${finding.line === null ? '' : `line ${finding.line}: `}${fault} ${consequence}`;
}

function configPmFile(text: string, path: string): ConfigurationFile {
  const read = readWithin(text, path);
  const { file: content, databaseUrl, placeOf, ignoredBlocks } = toConfiguration(read, defaults);
  const findings = lintConfiguration({ file: path, content, defaults, placeOf, ignoredBlocks, unread: read.unread });
  return { content, findings, databaseUrl };
}

function readWithin(text: string, path: string): ConfigPm {
  try {
    return readConfigPm(text, defaults);
  } catch (error) {
    if (error instanceof ConfigPmTooLarge) throw new ConfigurationError([error.message], path);
    throw error;
  }
}

export function parseYaml(text: string, source: string): Pick<ConfigurationFile, 'content'> & { readonly placeOf: (path: ConfigurationPath) => Place | null } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const content = record.safeParse(contentOf(document, source) ?? {});
  if (!content.success) throw new ConfigurationError(['expected blocks such as CustomerUser and CustomerCompany'], source);
  return { content: content.data, placeOf: (path) => placeIn(document, path, lines) };
}

/** The parser's own messages quote the file, and a password with them: only the code and the place are told. */
function contentOf(document: Document.Parsed, source: string): unknown {
  if (document.errors.length > 0) {
    throw new ConfigurationError(document.errors.map(({ code, linePos }) => `${placeText(linePos)}: not YAML (${code})`), source);
  }
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    throw new ConfigurationError(['not YAML (an alias that leads nowhere, or too many of them)'], source);
  }
}

function placeText(position: readonly { line: number; col: number }[] | undefined): string {
  const start = position?.[0];
  return start === undefined ? 'somewhere' : `line ${start.line}, column ${start.col}`;
}

/** Of what is not there, where its holder stands. */
function placeIn(document: Document.Parsed, path: ConfigurationPath, lines: LineCounter): Place | null {
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    const range = isNode(node) ? node.range : null;
    if (range) {
      const { line, col } = lines.linePos(range[0]);
      return { line, column: col };
    }
  }
  return null;
}
