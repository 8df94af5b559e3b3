import type { Severity } from './lint-message.js';
import { lintMessages, type LintCode } from './lint-messages.js';
import type { Place } from './source-text.js';
import type { ConfigurationPath } from './to-configuration.js';

export type FindingParams = Readonly<Record<string, string | number>>;

/** One thing the linter has to say; `describeFinding` puts it into words. Never holds a secret. */
export interface Finding {
  readonly code: LintCode;
  readonly severity: Severity;
  readonly file: string;
  /** From 1; `null`: not in the file, as what is missing from all of it. */
  readonly line: number | null;
  readonly column: number | null;
  readonly params: FindingParams;
}

/** Collects findings with their places. */
export class LintReport {
  readonly findings: Finding[] = [];

  constructor(
    private readonly file: string,
    private readonly placeOf: (path: ConfigurationPath) => Place | null,
  ) {}

  add(code: LintCode, path: ConfigurationPath, params: FindingParams = {}): void {
    this.addAt(code, this.placeOf(path), params);
  }

  addAt(code: LintCode, place: Place | null, params: FindingParams): void {
    const { severity } = lintMessages[code];
    this.findings.push({ code, severity, file: this.file, line: place?.line ?? null, column: place?.column ?? null, params });
  }
}
