import { parseDocument } from 'yaml';
import type { Database } from '../platform/persistence/database.js';
import { readTableFacts } from '../platform/persistence/schema-facts.js';
import { portable } from '../platform/persistence/sql.js';
import { hashSettings, keptSettings, nested } from './setting-names.js';
import { settingNames, SettingsSection } from './settings.js';

/** What the helpdesk's own tables say of its settings. */
export interface HelpdeskSettings {
  /** By SysConfig name; the entries of a hash in their hash. */
  readonly values: Readonly<Record<string, unknown>>;
  /** One sentence for each setting that was passed over because it cannot be read. */
  readonly warnings: readonly string[];
}

export const noHelpdeskSettings: HelpdeskSettings = { values: {}, warnings: [] };

interface SettingRow {
  name: string;
  default_valid: number;
  default_value: Uint8Array | string | null;
  modified_valid: number | null;
  modified_value: Uint8Array | string | null;
}

/** Characters of one setting at most. */
const longestValue = 100_000;
const mostRows = 500;
/** The helpdesk ships these switched on; here only who has chosen so himself has them on. */
const onlyWhereChosen: ReadonlySet<string> = new Set(['CheckMXRecord']);

/** From `sysconfig_default` and `sysconfig_modified`; nothing where there are no such tables. What single agents set for themselves does not count. */
export async function readHelpdeskSettings(database: Database, signal?: AbortSignal): Promise<HelpdeskSettings> {
  const tables = await readTableFacts(database, ['sysconfig_default', 'sysconfig_modified']);
  if (tables.size < 2) return noHelpdeskSettings;
  const names = [...new Set([...settingNames, ...keptSettings])];
  const conditions = [`d.name IN (${names.map(() => '?').join(', ')})`, ...hashSettings.map(() => 'd.name LIKE ?')];
  const rows = await database.query<SettingRow>(
    portable(
      database.engine,
      `SELECT d.name AS name, d.is_valid AS default_valid, d.effective_value AS default_value,
              m.is_valid AS modified_valid, m.effective_value AS modified_value
         FROM sysconfig_default d
         LEFT JOIN sysconfig_modified m ON m.sysconfig_default_id = d.id AND m.user_id IS NULL
        WHERE ${conditions.join(' OR ')}
        ORDER BY d.name LIMIT ${mostRows}`,
    ),
    [...names, ...hashSettings.map((name) => `${name}###%`)],
    signal,
  );
  return settingsOf(rows);
}

function settingsOf(rows: readonly SettingRow[]): HelpdeskSettings {
  const values: Record<string, unknown> = {};
  const warnings: string[] = [];
  for (const row of rows) {
    const read = effectiveValue(row);
    if (read === undefined) continue;
    const fault = 'fault' in read ? read.fault : faultOf(row.name, read.value);
    if (fault === null && 'value' in read) values[row.name] = read.value;
    else warnings.push(`SysConfig, ${row.name}: ${fault}; its default holds`);
  }
  return { values: nested(values), warnings };
}

/** `null`: switched off, which means something for the entries of a hash only. */
function effectiveValue(row: SettingRow): { readonly value: unknown } | { readonly fault: string } | undefined {
  const isModified = row.modified_valid !== null;
  if (!isModified && onlyWhereChosen.has(row.name)) return undefined;
  const isValid = Number(isModified ? row.modified_valid : row.default_valid) === 1;
  if (!isValid) return row.name.includes('###') ? { value: null } : undefined;
  return parsed(textOf(isModified ? row.modified_value : row.default_value));
}

function textOf(stored: Uint8Array | string | null): string {
  return stored instanceof Uint8Array ? new TextDecoder().decode(stored) : (stored ?? '');
}

/** Plain values only: a tag, by which other languages make objects, is refused, and an alias that is used often too. */
function parsed(text: string): { readonly value: unknown } | { readonly fault: string } {
  if (text.length > longestValue) return { fault: `is longer than ${longestValue} characters` };
  const document = parseDocument(text, { schema: 'core', resolveKnownTags: false, logLevel: 'silent' });
  if (document.errors.length > 0 || document.warnings.length > 0) return { fault: 'is not plain YAML' };
  try {
    return { value: document.toJS({ maxAliasCount: 10 }) };
  } catch {
    return { fault: 'is not plain YAML' };
  }
}

/** One setting that is wrong must not take the others along, so each is checked by itself. */
function faultOf(name: string, value: unknown): string | null {
  const read = SettingsSection.safeParse(value === null && !name.includes('###') ? {} : nested({ [name]: value }));
  return read.success ? null : (read.error.issues[0]?.message ?? 'is wrong');
}
