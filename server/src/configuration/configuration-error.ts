/** Everything that is wrong with the configuration, at once: each fault names file, block and place, never a secret. */
export class ConfigurationError extends Error {
  constructor(
    readonly faults: readonly string[],
    readonly source: string | null,
  ) {
    super(`The configuration ${source ?? '(defaults)'} cannot be used:\n${faults.map((fault) => `- ${fault}`).join('\n')}`);
    this.name = new.target.name;
  }
}
