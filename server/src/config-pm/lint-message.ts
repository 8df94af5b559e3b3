/** `error`: the configuration cannot be used, or not safely; `warning`: it does not do what one expects; `information`: worth knowing. */
export const severities = ['error', 'warning', 'information'] as const;
export type Severity = (typeof severities)[number];

/** One check in the operator's words. A word in braces is a parameter of the finding. */
export interface LintMessage {
  readonly severity: Severity;
  /** What is so. */
  readonly fault: string;
  /** What comes of it. */
  readonly consequence: string;
  /** What to do. */
  readonly cure: string;
}

/** Keeps the codes as a closed list of literals. */
export function messages<Code extends string>(table: Readonly<Record<Code, LintMessage>>): Readonly<Record<Code, LintMessage>> {
  return table;
}
