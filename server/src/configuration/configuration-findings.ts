import { basename } from 'node:path';
import type { ConfigurationFindings } from '../../contract/backend.js';
import { describeFinding, type Finding } from '../config-pm/index.js';
import { readConfigurationFile } from './configuration-file.js';

/** What the linter says about the file as it was at the start: only that is in force. */
export async function readFindings(path: string | null): Promise<ConfigurationFindings> {
  if (path === null) return { file: null, items: [] };
  const { findings } = await readConfigurationFile(path);
  return { file: basename(path), items: findings.map(told) };
}

function told(finding: Finding): ConfigurationFindings['items'][number] {
  const { severity, fault, consequence, cure } = describeFinding(finding);
  const { block } = finding.params;
  return { severity, code: finding.code, backendId: block === undefined ? null : String(block), line: finding.line, message: fault, consequence, cure };
}
